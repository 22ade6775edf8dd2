import CZlib

/// The `gzip` content coding (RFC 9110, section 8.4.1.3), by zlib.
package enum Gzip {
  /// The bytes in one gzip member, compressed for speed; nil when there is not enough memory.
  package static func compress(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count <= Int(UInt32.max) else { return nil }
    var stream = unsafe z_stream()
    guard
      unsafe deflateInit2_(
        &stream, Z_BEST_SPEED, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY,
        ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { unsafe deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](
      repeating: 0, count: Int(unsafe deflateBound(&stream, uLong(bytes.count))))
    // The bound holds for a single call, which therefore reaches the end.
    let status = unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = UInt32(input.count)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = UInt32(clamping: output.count)
        return unsafe deflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END else { return nil }
    output.removeLast(output.count - Int(unsafe stream.total_out))
    return output
  }

  /// Whether the value of an `Accept-Encoding` header admits gzip (RFC 9110, section 12.5.3).
  package static func isAccepted(by value: String?) -> Bool {
    guard let value else { return false }
    return value.split(separator: ",").contains { element in
      let parts = element.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
      guard ["gzip", "x-gzip", "*"].contains(parts.first ?? "") else { return false }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap {
        Double($0.dropFirst(2))
      }
      return (weight ?? 1) > 0
    }
  }

  /// Of the largest window, with a gzip header instead of zlib's own: zlib manual, `deflateInit2`.
  private static let windowBits: Int32 = 15 + 16
  /// zlib's default.
  private static let memoryLevel: Int32 = 8
}
