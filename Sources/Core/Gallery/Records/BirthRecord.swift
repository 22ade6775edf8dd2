internal import Seedream

/// The birth record of a picture: how it came to be and what its file is. Written once beside it.
///
/// Never holds a key, nor the query of an address. Unknown members are ignored on reading, so that an
/// older program can read a newer record.
package struct BirthRecord: Equatable, Sendable {
  package var origin: PictureOrigin
  package var file: FileFacts

  /// What is written where every program can read it: parents are ids, references or what was split.
  package static let schema = "darkroom.birth/1"
  /// What is written where there is a provenance, or another kind of parent: programs that know only the first
  /// schema say that it is newer than they are. Parents say their kind.
  package static let newSchema = "darkroom.birth/2"

  package init(origin: PictureOrigin, file: FileFacts) {
    self.origin = origin
    self.file = file
  }
}

/// What the file of a picture is.
package struct FileFacts: Equatable, Sendable, Codable {
  /// Within its directory.
  package var name: String
  package var format: FileFormat
  /// Pixels as stored in the file; zero where that cannot be read.
  package var width: Int
  package var height: Int
  /// Bytes of the file in the gallery.
  package var byteCount: Int
  package var sha256: String
  /// Of the picture as the provider sent it, content codings (gzip and the like) undone; equal to `sha256`
  /// where nothing was embedded.
  package var receivedSHA256: String
  /// What is not in order about the bytes, in a sentence or two: `Its end is missing.` Nil where nothing is.
  package var remark: String?

  package init(
    name: String, format: FileFormat, width: Int, height: Int, byteCount: Int, sha256: String,
    receivedSHA256: String, remark: String? = nil
  ) {
    self.name = name
    self.format = format
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.sha256 = sha256
    self.receivedSHA256 = receivedSHA256
    self.remark = remark
  }

  enum CodingKeys: String, CodingKey {
    case name, format, width, height, sha256, remark
    case byteCount = "bytes"
    case receivedSHA256 = "received_sha256"
  }
}
