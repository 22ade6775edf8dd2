internal import Hashing
internal import Imaging
internal import Posix
internal import Seedream

/// What is to become of received bytes, told before any is copied.
struct PicturePlan {
  let received: PictureReader
  /// Without hashes.
  let record: BirthRecord
  /// Nil where nothing is to be embedded.
  let insertion: EmbeddedMetadata.Insertion?

  /// Throws `notAPicture`, or what reading throws.
  init(_ draft: borrowing StagedPicture, _ origin: PictureOrigin) throws(GalleryError) {
    var origin = origin
    origin.id = draft.id ?? origin.id
    origin.created = draft.created
    received = try PictureReader(picture: draft.temporaryPath)
    let found = try PictureCheck(received, of: "the answer for picture \(origin.id)")
    record = BirthRecord(
      origin: origin,
      file: FileFacts(
        name: draft.layout.pictureName(
          id: origin.id, created: origin.created, prompt: origin.request?.prompt ?? "",
          format: found.format), format: found.format, width: found.width,
        height: found.height, byteCount: received.count, sha256: "", receivedSHA256: "",
        remark: found.remark))
    insertion =
      found.width == 0
      ? nil
      : EmbeddedMetadata(origin, width: found.width, height: found.height)
        .insertion(into: received, found.format)
  }
}

/// A copy with metadata that lacks only its name.
struct PreparedCopy: ~Copyable, Sendable {
  let record: BirthRecord
  let file: PendingFile
}

extension StagedPicture {
  /// Makes the copy with metadata that `GalleryWriter.finish` is to publish, and saves it to the disk: it
  /// then has only names to give, and several pictures can be copied at once.
  ///
  /// From any thread; waits for the disk. Says nothing of what is in the way: `finish` does, for it tries
  /// again whatever is missing here.
  package mutating func prepare(_ origin: PictureOrigin) {
    guard filed == nil, prepared == nil, !isAway else { return }
    do throws(GalleryError) {
      let plan = try PicturePlan(self, origin)
      guard let insertion = plan.insertion else { return }
      var record = plan.record
      var copy = try copy(of: plan.received, with: insertion, &record)
      guard (try? copy.save()) != nil else { return }
      prepared = PreparedCopy(record: record, file: copy)
    } catch {
      prepared = nil
    }
  }

  /// The copy that was prepared for this origin, or a new one; hashes and size go into the record.
  mutating func copy(
    of received: PictureReader, with insertion: EmbeddedMetadata.Insertion?,
    _ record: inout BirthRecord
  ) throws(GalleryError) -> PendingFile {
    if let prepared = prepared.take(), prepared.record.origin == record.origin {
      record = prepared.record
      return prepared.file
    }
    do throws(PosixError) {
      var copy = try PendingFile(in: directory)
      try Self.write(received, with: insertion, to: &copy, &record.file)
      return copy
    } catch {
      throw GalleryError(writing: error)
    }
  }

  /// Writes the bytes as received with the metadata among them, and notes what both hash to.
  private static func write(
    _ received: PictureReader, with insertion: EmbeddedMetadata.Insertion?,
    to file: inout PendingFile, _ facts: inout FileFacts
  ) throws(PosixError) {
    var asReceived = SHA256()
    var asSaved = SHA256()
    let place = insertion?.place ?? 0
    let added = insertion?.bytes ?? []
    for range in received.pieces(of: 0..<place) {
      try copy(received.bytes(range), to: &file, &asReceived, &asSaved)
    }
    asSaved.update(added)
    try file.write(added)
    for range in received.pieces(of: place..<received.count) {
      try copy(received.bytes(range), to: &file, &asReceived, &asSaved)
    }
    facts.byteCount = received.count + added.count
    facts.sha256 = asSaved.hexDigest()
    facts.receivedSHA256 = asReceived.hexDigest()
  }

  private static func copy(
    _ piece: ArraySlice<UInt8>, to file: inout PendingFile, _ received: inout SHA256,
    _ saved: inout SHA256
  ) throws(PosixError) {
    received.update(piece)
    saved.update(piece)
    unsafe try file.write(piece.span.bytes)
  }
}
