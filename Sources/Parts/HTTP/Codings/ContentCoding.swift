/// A content coding that can be undone (RFC 9110, section 8.4.1).
enum ContentCoding: Equatable, Sendable {
  case gzip
  /// With zlib's wrapper, as the standard has it, or without, as some servers have it.
  case deflate
  case brotli
  case zstandard
  /// Amazon's frames, which compress nothing.
  case signedChunks

  /// - Parameter name: In lower case.
  init?(_ name: some StringProtocol) {
    switch name {
    case "gzip", "x-gzip": self = .gzip
    case "deflate", "x-deflate": self = .deflate
    case "br", "brotli": self = .brotli
    case "zstd": self = .zstandard
    case "aws-chunked": self = .signedChunks
    default: return nil
    }
  }

  /// What undoes it.
  func makeDecompressor() -> (any Decompressor)? {
    switch self {
    case .gzip: Inflation(.gzip)
    case .deflate: Inflation(.zlib)
    case .brotli: BrotliDecompressor()
    case .zstandard: ZstandardDecompressor()
    case .signedChunks: SignedChunks()
    }
  }
}

extension HTTPResponseHead {
  /// What the head says was done to the body, in the order in which it was done, `identity` left out; in
  /// lower case, also what is not known here.
  package var contentCodings: [String] {
    headers.filter { $0.name.equalsIgnoringCase("Content-Encoding") }
      .flatMap { $0.value.split { $0 == "," || $0 == " " || $0 == "\t" } }
      .map { $0.lowercased() }
      .filter { $0 != "identity" }
  }
}
