import Gallery
import Glibc
import Imaging
import Posix
import SQLite
import Seedream
import TestSupport
import Testing

/// A gallery in a directory of its own, removed at the end of `body`.
func withGallery(_ body: (GalleryLayout) throws -> Void) throws {
  let directory = try TemporaryDirectory()
  try withExtendedLifetime(directory) {
    try body(GalleryLayout(root: directory.path("pictures")))
  }
}

/// The error `body` throws, if it is the gallery's.
func galleryError(_ body: () throws -> Void) -> GalleryError? {
  do {
    try body()
    return nil
  } catch {
    return error as? GalleryError
  }
}

/// Pixels with an edge in both directions, so that a shift or a swap would show.
func pattern(width: Int = 48, height: Int = 32, shade: UInt8 = 0) -> Pixels {
  var bytes: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width { bytes += [UInt8(x * 5 % 256), UInt8(y * 7 % 256), shade, 255] }
  }
  return Pixels(width: width, height: height, bytes: bytes)
}

func jpeg(shade: UInt8 = 0) throws -> [UInt8] {
  try ImageEncoder.jpeg(pattern(shade: shade), quality: 90)
}

let evening = Timestamp("2026-11-21T14:32:05.250+08:00") ?? .now()

func origin(
  _ id: String, prompt: String = "a red lantern in fog", references: [Reference] = [],
  created: Timestamp = evening
) throws -> PictureOrigin {
  PictureOrigin(
    id: try #require(PictureID(id)), created: created, provider: "sandbox", dialect: "ark",
    request: GenerationRequest(
      model: "seedream-4-5-251128", prompt: prompt, references: references),
    program: "Darkroom 0.1.0")
}

extension GalleryWriter {
  /// Stores a small picture as a provider would send it, in two pieces.
  @discardableResult
  func store(_ origin: PictureOrigin, bytes: [UInt8]? = nil) throws -> PictureRecord {
    let bytes = try bytes ?? jpeg()
    var draft = try beginPicture(origin.id, created: origin.created)
    try draft.write(Array(bytes.prefix(100)))
    try draft.write(Array(bytes.dropFirst(100)))
    return try finish(&draft, origin: origin)
  }
}

func bytes(_ path: String) throws -> [UInt8] {
  try FileSystem.read(path, limit: 1 << 26)
}

func names(_ directory: String) throws -> [String] {
  try DirectoryListing(of: directory).entries.map(\.name)
}

extension MendReport {
  /// Whether everything was as it should be.
  var foundNothing: Bool {
    recordsWritten.isEmpty && picturesMissing.isEmpty && recordsBroken.isEmpty
      && picturesChanged.isEmpty && idsTaken.isEmpty && leftovers.isEmpty && inaccessible.isEmpty
      && trashMended.isEmpty
  }
}

/// Gives a file a second name.
func link(_ path: String, _ other: String) throws {
  let failed = unsafe Glibc.link(path, other) != 0
  if failed { throw TestFailure("cannot link \(other): errno \(errno)") }
}

/// Makes the index one of the first version of its schema.
func setBack(_ layout: GalleryLayout) throws {
  let connection = try Connection(path: layout.index)
  try connection.executeScript("DROP TABLE trash; PRAGMA user_version = 1")
}

/// What the next writer says of a picture that has lost its record and its row.
func originMadeAnew(of picture: PictureRecord, _ layout: GalleryLayout) throws -> PictureOrigin {
  let path = layout.path(relative: picture.path)
  try FileSystem.remove(path + ".json")
  try ReindexTests.removeIndex(layout)
  _ = try GalleryWriter(layout)
  return try BirthRecord(ofPicture: path).origin
}
