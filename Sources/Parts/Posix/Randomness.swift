private import CPosix

/// Unpredictable bytes from the kernel, getrandom(2).
package enum Randomness {
  package static func bytes(_ count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        // Without flags it can only be interrupted by a signal: it needs no descriptor and no memory.
        let written = unsafe cposix_random(rest.baseAddress, rest.count)
        if written > 0 { filled += written }
      }
    }
  }

  /// Lower-case digits, two for each byte.
  package static func hexadecimal(byteCount: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes(byteCount).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
