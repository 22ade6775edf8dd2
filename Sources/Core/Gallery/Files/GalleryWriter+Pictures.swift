internal import Hashing
internal import Posix
internal import Seedream

extension GalleryWriter {
  /// More bytes than any picture of a model; a file larger than this is refused.
  package static let maximumPictureBytes = 256 << 20

  /// Opens a temporary file in the directory of the picture's day for bytes that are about to arrive.
  package func beginPicture(
    _ id: PictureID, created: Timestamp
  ) throws(GalleryError) -> PictureDraft {
    try PictureDraft(layout, id: id, created: created)
  }

  /// Takes up the bytes a crash left in a temporary file, given relative to the root, and removes it.
  package func adopt(
    _ leftover: String, as id: PictureID, created: Timestamp
  ) throws(GalleryError) -> PictureDraft {
    let path = layout.path(relative: leftover)
    let bytes = try readPicture(path)
    var draft = try beginPicture(id, created: created)
    try draft.write(bytes)
    do {
      try FileSystem.remove(path)
    } catch {
      throw GalleryError(writing: error)
    }
    return draft
  }

  /// Checks the bytes, embeds what others may read, and publishes picture, record and row in this
  /// order, each on the disk before the next: a crash leaves what `reindex` mends.
  ///
  /// When it throws, the draft still has its bytes. Throws `notAPicture`, `truncated`,
  /// `alreadyThere`, or what writing throws.
  ///
  /// - Parameters:
  ///   - birth: Its time becomes the draft's, and its id too where the draft has one.
  ///   - acceptingDamage: True keeps a picture whose end is missing, for want of a better copy.
  package func finish(
    _ draft: inout PictureDraft, birth: Birth, acceptingDamage: Bool = false
  ) throws(GalleryError) -> PictureRecord {
    var birth = birth
    birth.id = draft.id ?? birth.id
    birth.created = draft.created
    let received = try readPicture(draft.temporaryPath)
    let header = try PictureCheck.header(received, of: "the answer for picture \(birth.id)")
    guard acceptingDamage || PictureCheck.isWhole(received, header.format) else {
      throw GalleryError(
        .truncated,
        "The end of picture \(birth.id) is missing: only \(received.count) bytes arrived.")
    }
    let insertion = EmbeddedMetadata(birth, width: header.width, height: header.height)
      .insertion(into: received, header.format)
    let name = layout.pictureName(
      id: birth.id, created: draft.created, prompt: birth.request?.prompt ?? "",
      format: header.format)
    let receivedHash = SHA256.hexDigest(of: received)
    let record = BirthRecord(
      birth: birth,
      file: FileFacts(
        name: name, format: header.format, width: header.width, height: header.height,
        byteCount: received.count + (insertion?.bytes.count ?? 0),
        sha256: insertion.map { Self.hash(received, with: $0) } ?? receivedHash,
        receivedSHA256: receivedHash))
    try publish(&draft, received, with: insertion, as: name)
    return try register(record, directory: draft.directory)
  }

  /// Writes the record of a picture that is in place, then its row.
  func register(
    _ record: BirthRecord, directory: String
  ) throws(GalleryError) -> PictureRecord {
    let path = directory + "/" + record.file.name
    do {
      try DurableFile.write(try record.json(), to: GalleryLayout.record(ofPicture: path))
    } catch let error as PosixError {
      throw GalleryError(writing: error)
    } catch {
      throw GalleryError(
        .malformed, "The record of \(printable(path)) cannot be written: \(error).")
    }
    let relative = FileSystem.name(of: directory) + "/" + record.file.name
    return try index.insert(PictureRecord(record, path: relative))
  }

  /// A picture is in memory once, never a second time with its metadata.
  private static func hash(
    _ received: [UInt8], with insertion: EmbeddedMetadata.Insertion
  ) -> String {
    var hash = SHA256()
    hash.update(received[..<insertion.place])
    hash.update(insertion.bytes)
    hash.update(received[insertion.place...])
    return hash.hexDigest()
  }

  private func publish(
    _ draft: inout PictureDraft, _ received: [UInt8], with insertion: EmbeddedMetadata.Insertion?,
    as name: String
  ) throws(GalleryError) {
    do throws(PosixError) {
      guard let insertion else { return try draft.file.commit(as: name) }
      var file = try PendingFile(in: draft.directory)
      let bytes = unsafe received.span.bytes
      try file.write(bytes.extracting(..<insertion.place))
      try file.write(insertion.bytes)
      try file.write(bytes.extracting(insertion.place...))
      try file.commit(as: name)
      draft.file = file  // The bytes as received are no longer needed.
    } catch {
      throw GalleryError(writing: error)
    }
  }

  func readPicture(_ path: String) throws(GalleryError) -> [UInt8] {
    do {
      return try FileSystem.read(path, limit: Self.maximumPictureBytes)
    } catch {
      throw GalleryError(reading: error)
    }
  }
}
