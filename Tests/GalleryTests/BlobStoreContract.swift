import Gallery
import Posix
import TestSupport
import Testing

/// What holds for every `BlobStore`, whatever keeps the bytes.
///
/// - Parameter store: an empty one, in whose place for pictures they can be staged.
struct BlobStoreContract {
  let store: any BlobStore
  private static let day = "2026-11-21"
  private static let bytes = (0..<100_000).map { UInt8($0 % 251) }

  /// One of each kind.
  static let blobs: [BlobID] =
    [
      .picture("\(day)/143205-k7f2-1-fog.jpg"), .record(ofPicture: "\(day)/143205-k7f2-1-fog.jpg"),
      .reference(sha256: String(repeating: "ab", count: 32)),
    ] + views
  /// Two small views.
  static let views: [BlobID] = ["8x4", "9x4"].compactMap { form in
    (try? FileInformation(of: "/")).map { .thumbnail(ThumbnailName(of: $0, form: form)) }
  }

  func checkWhatIsWrittenIsRead(_ blob: BlobID) throws {
    #expect(code { _ = try store.open(blob) } == .notFound)
    try store.remove(blob)
    try store.write(Self.bytes, as: blob)
    #expect(try store.read(blob, limit: Self.bytes.count) == Self.bytes)
    #expect(code { _ = try store.read(blob, limit: Self.bytes.count - 1) } == .tooLarge)
    let reader = try store.open(blob)
    #expect(reader.byteCount == Self.bytes.count)
    var found: [UInt8] = []
    while case let piece = try reader.next(7000), !piece.isEmpty {
      #expect(piece.count <= 7000)
      found += piece
    }
    #expect(found == Self.bytes)
    #expect(try reader.next(10).isEmpty)
    try store.remove(blob)
    #expect(code { _ = try store.open(blob) } == .notFound)
    try store.write([], as: blob)
    #expect(try store.read(blob, limit: 0) == [])
  }

  func checkNobodySeesWhatIsStaged(_ blob: BlobID) throws {
    do {
      var file = try store.stage(blob)
      try file.write(Self.bytes)
      try file.save()
      #expect(code { _ = try store.open(blob) } == .notFound)
    }
    #expect(code { _ = try store.open(blob) } == .notFound)
    var file = try store.stage(blob)
    try file.write(Array(Self.bytes.prefix(10)))
    try file.write(Array(Self.bytes[10..<20]))
    try store.publish(&file, as: blob, replacing: false)
    let isPublished = file.isPublished
    #expect(isPublished)
    #expect(try store.read(blob, limit: 100) == Array(Self.bytes.prefix(20)))
  }

  func checkNothingIsReplacedUnasked(_ blob: BlobID, _ other: BlobID) throws {
    try store.write([1], as: blob)
    var file = try store.stage(blob)
    try file.write([2, 2])
    var refusal: GalleryError?
    do {
      try store.publish(&file, as: blob, replacing: false)
    } catch {
      refusal = error
    }
    #expect(refusal?.code == .alreadyThere)
    let isPublished = file.isPublished
    #expect(!isPublished)
    #expect(try store.read(blob, limit: 9) == [1])
    // Another name can be tried.
    try store.publish(&file, as: other, replacing: false)
    #expect(try store.read(other, limit: 9) == [2, 2])
    let reader = try store.open(blob)
    try store.write([3, 3, 3], as: blob, replacing: true)
    #expect(try store.read(blob, limit: 9) == [3, 3, 3])
    // Who has begun to read has what was there.
    #expect(try reader.next(9) == [1])
  }

  func checkOnlyNamesOfTheGalleryLeadToBytes() throws {
    let strange: [BlobID] = [
      .reference(sha256: "../../index.sqlite"),
      .reference(sha256: String(repeating: "AB", count: 32)),
      .reference(sha256: ""), .picture("../secret.jpg"), .picture("/etc/passwd"), .picture(""),
      .picture("\(Self.day)/../../secret.jpg"), .record(ofPicture: "../secret.jpg"),
    ]
    for blob in strange {
      #expect(code { _ = try store.open(blob) } == .notFound, "\(blob)")
      #expect(code { try store.write([1], as: blob) } == .notFound, "\(blob)")
      #expect(store.localPath(of: blob) == nil, "\(blob)")
    }
  }

  /// A record is read and kept with the picture it is of.
  func checkRecords() throws {
    let name = "\(Self.day)/143205-k7f2-1-fog.jpg"
    let facts = FileFacts(
      name: "143205-k7f2-1-fog.jpg", format: .jpeg, width: 8, height: 8, byteCount: 3,
      sha256: "a", receivedSHA256: "b")
    let record = BirthRecord(origin: try origin("k7f2-1"), file: facts)
    let picture = PictureRecord(record, path: name)
    #expect(code { _ = try store.record(of: picture) } == .notFound)
    try store.write(Array("{".utf8), as: .record(ofPicture: name))
    #expect(code { _ = try store.record(of: picture) } == .malformed)
    #expect(try store.recordJSON(of: picture) == Array("{".utf8))
  }

  func checkAPictureGoesWithWhatBelongsToIt() throws {
    let name = "\(Self.day)/143205-k7f2-1-fog.jpg"
    let trash = ".darkroom/trash/" + name
    func write(_ byte: UInt8) throws {
      try store.write([byte], as: .picture(name))
      try store.write([byte, byte], as: .record(ofPicture: name))
    }
    func check(_ name: String, _ byte: UInt8) throws {
      #expect(try store.read(.picture(name), limit: 9) == [byte])
      #expect(try store.read(.record(ofPicture: name), limit: 9) == [byte, byte])
    }
    func checkNothing(at name: String) {
      #expect(code { _ = try store.open(.picture(name)) } == .notFound)
      #expect(code { _ = try store.open(.record(ofPicture: name)) } == .notFound)
    }
    #expect(throws: GalleryError.self) { try store.move(picture: name, to: trash) }
    try write(1)
    #expect(try store.move(picture: name, to: trash) == trash)
    try check(trash, 1)
    checkNothing(at: name)
    // A name that is taken is left to its owner.
    try write(2)
    let second = try store.move(picture: name, to: trash)
    #expect(second != trash)
    try check(trash, 1)
    try check(second, 2)
    try write(3)
    let beside = try store.move(picture: second, to: name)
    #expect(beside != name)
    try check(name, 3)
    try check(beside, 2)
    checkNothing(at: second)
    let other = "2026-11-22/another.jpg"
    #expect(try store.move(picture: beside, to: other) == other)
    try check(other, 2)
    checkNothing(at: beside)
    try store.erase(picture: trash)
    checkNothing(at: trash)
    try store.erase(picture: trash)
    for strange in ["../secret.jpg", ""] {
      #expect(code { _ = try store.move(picture: name, to: strange) } == .notFound)
      #expect(code { _ = try store.move(picture: strange, to: trash) } == .notFound)
      #expect(code { try store.erase(picture: strange) } == .notFound)
    }
    try check(name, 3)
  }

  private func code(_ body: () throws -> Void) -> GalleryError.Code? { galleryError(body)?.code }
}
