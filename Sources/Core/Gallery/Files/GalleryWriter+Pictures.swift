internal import Hashing
internal import Imaging
internal import Posix
internal import Seedream

extension GalleryWriter {
  /// More bytes than any picture of a model; a file larger than this is refused.
  package static let maximumPictureBytes = 256 << 20

  /// Opens a temporary file in the directory of the picture's day for bytes that are about to arrive.
  package func beginPicture(
    _ id: PictureID, created: Timestamp
  ) throws(GalleryError) -> StagedPicture {
    try StagedPicture(layout, id: id, created: created)
  }

  /// Takes up bytes that `StagedPicture.keep` or a crash has left, given relative to the root, or in the
  /// spool directory by their whole path.
  ///
  /// They stay where they are until the picture is finished. Throws `notFound` for what is not there or
  /// lies elsewhere, `alreadyThere` for a picture that has its record.
  package func adopt(
    _ leftover: String, as id: PictureID, created: Timestamp
  ) throws(GalleryError) -> StagedPicture {
    if let spoolDirectory, spoolDirectory.holds(leftover) {
      return try StagedPicture(resuming: leftover, layout, id: id, created: created)
    }
    let path = layout.path(relative: leftover)
    guard layout.canHoldLeftovers(FileSystem.parent(of: path)),
      path == FileSystem.parent(of: path) + "/" + FileSystem.name(of: path)
    else {
      throw GalleryError(
        .notFound, "'\(printable(leftover))' is no place where bytes of a picture are kept.")
    }
    guard !FileSystem.exists(GalleryLayout.record(ofPicture: path)) else {
      throw GalleryError(.alreadyThere, "\(printable(leftover)) is in the gallery already.")
    }
    return try StagedPicture(resuming: path, layout, id: id, created: created)
  }

  /// Checks the bytes, embeds what others may read, and publishes picture, record and row in this
  /// order, each on the disk before the next: a crash leaves what `reindex` mends. Where there is no
  /// room for a copy with metadata, the bytes are published as they were received.
  ///
  /// When it throws, the bytes are kept (`StagedPicture.keep`, which says where) and outlive the draft;
  /// the call may be repeated. Throws `notAPicture` for nothing at all and for a text, `alreadyThere`, or
  /// what writing throws. A picture that is not in order is filed as it is: the record has the remark.
  ///
  /// - Parameter origin: Its time becomes the draft's, and its id too where the draft has one.
  package func finish(
    _ draft: inout StagedPicture, origin: PictureOrigin
  ) throws(GalleryError) -> PictureRecord {
    do throws(GalleryError) {
      let filed: BirthRecord
      if let earlier = draft.filed {
        filed = earlier
      } else {
        filed = try publish(&draft, origin)
      }
      let record = try register(filed, directory: draft.directory)
      draft.file.staysBehind = false
      return record
    } catch {
      _ = draft.keep()
      throw error
    }
  }

  /// Writes the record of a picture that is in place, then its row. One that is there is left.
  private func register(
    _ record: BirthRecord, directory: String
  ) throws(GalleryError) -> PictureRecord {
    let name = layout.relative(directory + "/" + record.file.name)
    try record.write(to: blobs, besidePicture: name)
    return insert(PictureRecord(record, path: name))
  }

  /// Gives the picture its name, and the draft the record it is to have.
  private func publish(
    _ draft: inout StagedPicture, _ origin: PictureOrigin
  ) throws(GalleryError) -> BirthRecord {
    if draft.isAway { try draft.makeDirectory() }
    let plan = try PicturePlan(draft, origin)
    var record = plan.record
    let name = BlobID.picture(layout.relative(draft.directory + "/" + record.file.name))
    if plan.insertion != nil || draft.isAway,
      let filed = try publishCopy(plan, of: &draft, as: name)
    {
      return filed
    }
    do {
      record.file.sha256 = try plan.received.sha256()
    } catch {
      throw GalleryError(writing: error)
    }
    record.file.receivedSHA256 = record.file.sha256
    defer { if draft.file.isPublished { draft.filed = record } }
    try blobs.publish(&draft.file, as: name, replacing: false)
    draft.filed = record
    return record
  }

  /// Publishes a copy with metadata in the place of the draft's own file; nil if the copy cannot be
  /// made and the file itself could take its place. The picture goes by piece by piece and is never in
  /// memory as a whole.
  private func publishCopy(
    _ plan: PicturePlan, of draft: inout StagedPicture, as name: BlobID
  ) throws(GalleryError) -> BirthRecord? {
    var record = plan.record
    do throws(GalleryError) {
      var copy = try draft.copy(of: plan.received, with: plan.insertion, &record)
      do throws(GalleryError) {
        try blobs.publish(&copy, as: name, replacing: false)
        draft.filed = record
        // The bytes as received are no longer needed, and their room may be.
        draft.file.staysBehind = false
        draft.file = copy
        return record
      } catch {
        if copy.isPublished { draft.filed = record }
        throw error
      }
    } catch {
      let isFinal = draft.filed != nil || draft.isAway
      if isFinal || error.code == .alreadyThere { throw error }
      return nil
    }
  }
}

extension PictureReader {
  /// Opens a file that may be a picture; throws `tooLarge` beyond what any is.
  convenience init(picture path: String) throws(GalleryError) {
    do {
      try self.init(path: path)
    } catch {
      throw GalleryError(reading: error)
    }
    guard count <= GalleryWriter.maximumPictureBytes else {
      throw GalleryError(
        .tooLarge, "The picture has more than \(GalleryWriter.maximumPictureBytes >> 20) MB.")
    }
  }
}
