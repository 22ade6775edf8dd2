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
    let received = try open(draft)
    let header = try PictureCheck.header(
      received[0..<ImageHeader.prefixLength], of: "the answer for picture \(birth.id)")
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
    let hashes = try publish(&draft, received, with: insertion, as: name)
    let record = BirthRecord(
      birth: birth,
      file: FileFacts(
        name: name, format: header.format, width: header.width, height: header.height,
        byteCount: received.count + (insertion?.bytes.count ?? 0), sha256: hashes.saved,
        receivedSHA256: hashes.received))
    return try register(record, directory: draft.directory)
  }

  private func open(_ draft: borrowing PictureDraft) throws(GalleryError) -> PictureReader {
    let received: PictureReader
    do {
      received = try PictureReader(path: draft.temporaryPath)
    } catch {
      throw GalleryError(reading: error)
    }
    guard received.count <= Self.maximumPictureBytes else {
      throw GalleryError(
        .tooLarge, "The picture has more than \(Self.maximumPictureBytes >> 20) MB.")
    }
    return received
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

  /// Gives the picture its name, with what is to be embedded; says what the bytes hash to as they were
  /// received and as they are saved.
  private func publish(
    _ draft: inout PictureDraft, _ received: PictureReader,
    with insertion: EmbeddedMetadata.Insertion?, as name: String
  ) throws(GalleryError) -> (received: String, saved: String) {
    var asReceived = SHA256()
    var asSaved = SHA256()
    do throws(PosixError) {
      guard let insertion else {
        for range in received.pieces(of: 0..<received.count) {
          asReceived.update(try received.bytes(range))
        }
        try draft.file.commit(as: name)
        let digest = asReceived.hexDigest()
        return (digest, digest)
      }
      var file = try PendingFile(in: draft.directory)
      for range in received.pieces(of: 0..<insertion.place) {
        try Self.copy(received.bytes(range), to: &file, &asReceived, &asSaved)
      }
      asSaved.update(insertion.bytes)
      try file.write(insertion.bytes)
      for range in received.pieces(of: insertion.place..<received.count) {
        try Self.copy(received.bytes(range), to: &file, &asReceived, &asSaved)
      }
      try file.commit(as: name)
      draft.file = file  // The bytes as received are no longer needed.
    } catch {
      throw GalleryError(writing: error)
    }
    return (asReceived.hexDigest(), asSaved.hexDigest())
  }

  private static func copy(
    _ piece: ArraySlice<UInt8>, to file: inout PendingFile, _ received: inout SHA256,
    _ saved: inout SHA256
  ) throws(PosixError) {
    received.update(piece)
    saved.update(piece)
    unsafe try file.write(piece.span.bytes)
  }

  func readPicture(_ path: String) throws(GalleryError) -> [UInt8] {
    do {
      return try FileSystem.read(path, limit: Self.maximumPictureBytes)
    } catch {
      throw GalleryError(reading: error)
    }
  }
}
