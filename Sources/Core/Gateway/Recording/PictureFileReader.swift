import Posix

/// A picture of the gallery that is read piece by piece, outside the cooperative pool.
final class PictureFileReader: Sendable {
  /// Bytes read at once: a multiple of three, which base64 turns into whole groups of letters.
  private static let pieceLength = 96 << 10

  private let path: String
  private let file: FileDescriptor

  private init(path: String, _ file: consuming FileDescriptor) {
    self.path = path
    self.file = file
  }

  /// Hands over all bytes in order. Neither the file nor a directory of its path may be a link by now: whoever can
  /// write to the gallery would have the gateway read what it leads to.
  ///
  /// - Throws: `PosixError` where the file cannot be read, and what `take` throws.
  static func pieces(
    of path: String, _ take: ([UInt8]) async throws -> Void
  ) async throws {
    let file = try await blocking { () throws(PosixError) in
      PictureFileReader(path: path, try FileDescriptor(readingWithoutLinks: path))
    }
    while case let piece = try await file.next(), !piece.isEmpty { try await take(piece) }
  }

  private func next() async throws(PosixError) -> [UInt8] {
    try await blocking { [self] () throws(PosixError) in
      try file.read(upTo: Self.pieceLength, path: path)
    }
  }
}
