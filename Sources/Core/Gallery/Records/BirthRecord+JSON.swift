internal import FoundationEssentials
internal import Posix

extension BirthRecord {
  /// A record larger than this is not one of ours.
  static let maximumBytes = 4 << 20

  /// Indented JSON with its keys in order and a line feed at the end.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }

  init(json: [UInt8]) throws {
    self = try JSONDecoder().decode(BirthRecord.self, from: Data(json))
  }

  /// Writes the record of a picture; on the disk when this returns. The same record may be there
  /// already, another one is never replaced.
  ///
  /// Throws `alreadyThere`, `noSpace`, `cannotWrite`, or `malformed` for what JSON cannot hold.
  func write(to blobs: any BlobStore, besidePicture name: String) throws(GalleryError) {
    let blob = BlobID.record(ofPicture: name)
    let bytes: [UInt8]
    do {
      bytes = try json()
    } catch {
      throw GalleryError(
        .malformed, "The record of \(printable(name)) cannot be written: \(error).")
    }
    do throws(GalleryError) {
      try blobs.write(bytes, as: blob)
    } catch {
      guard error.code == .alreadyThere,
        (try? blobs.read(blob, limit: Self.maximumBytes)) == bytes
      else { throw error }
    }
  }

  /// Reads the record of a picture that lies in some directory.
  ///
  /// Throws `notFound`, `cannotRead` or `malformed`.
  package init(ofPicture path: String) throws(GalleryError) {
    let recordPath = GalleryLayout.record(ofPicture: path)
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.readFile(recordPath, limit: Self.maximumBytes)
    } catch {
      if error.code == PosixError.doesNotExist {
        throw GalleryError(.notFound, "There is no record \(printable(recordPath)).")
      }
      throw GalleryError(reading: error)
    }
    try self.init(json: bytes, called: printable(recordPath))
  }

  /// - Parameter name: What a sentence calls the record.
  fileprivate init(json: [UInt8], called name: String) throws(GalleryError) {
    do {
      try self.init(json: json)
    } catch {
      throw GalleryError(
        .malformed, "The record \(name) cannot be understood: \(decodingReason(error)).")
    }
  }
}

extension BlobStore {
  /// The record of a picture, as it was written.
  ///
  /// Throws `notFound` or `cannotRead`.
  package func recordJSON(of picture: PictureRecord) throws(GalleryError) -> [UInt8] {
    try read(.record(ofPicture: picture.path), limit: BirthRecord.maximumBytes)
  }

  /// Throws `notFound`, `cannotRead` or `malformed`.
  package func record(of picture: PictureRecord) throws(GalleryError) -> BirthRecord {
    try record(ofPicture: picture.path)
  }

  /// The record of the picture with this name.
  ///
  /// Throws `notFound`, `cannotRead` or `malformed`.
  package func record(ofPicture name: String) throws(GalleryError) -> BirthRecord {
    let blob = BlobID.record(ofPicture: name)
    return try BirthRecord(
      json: try read(blob, limit: BirthRecord.maximumBytes), called: shown(blob))
  }
}

/// The cause of a failed decoding in a few words, with the member it happened at.
func decodingReason(_ error: any Error) -> String {
  let context: DecodingError.Context
  var reason: String
  switch error {
  case DecodingError.keyNotFound(let key, let found):
    context = found
    reason = "'\(key.stringValue)' is missing"
  case DecodingError.typeMismatch(_, let found), DecodingError.valueNotFound(_, let found):
    context = found
    reason = "it holds a value of another type"
  case DecodingError.dataCorrupted(let found):
    context = found
    // Without a place in the value the text itself is meant.
    reason = found.codingPath.isEmpty ? "it is not JSON" : found.debugDescription
  default: return "it is not JSON"
  }
  let path = context.codingPath.map(\.stringValue).joined(separator: ".")
  if !path.isEmpty { reason += " at '\(path)'" }
  return printable(reason)
}
