internal import CPosix
internal import Glibc

/// The first place of a byte at or behind `start`, memchr(3): the C library looks at many at once.
package func firstIndex(of byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
  guard start < bytes.count else { return nil }
  return unsafe bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress,
      let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }
}

/// Whether a text of JSON has no other escape than `\/`, has one at every slash, and has no escape of addresses or of
/// HTML and no line end.
package func escapesSlashesOnly(_ bytes: [UInt8]) -> Bool {
  guard firstIndex(of: UInt8(ascii: "\\"), in: bytes, from: 0) != nil,
    firstIndex(of: UInt8(ascii: "%"), in: bytes, from: 0) == nil,
    firstIndex(of: UInt8(ascii: "&"), in: bytes, from: 0) == nil,
    firstIndex(of: 0x0A, in: bytes, from: 0) == nil
  else { return false }
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe cposix_escapes_slashes_only(buffer.baseAddress, buffer.count)
  }
}

/// What bytes are that may be the middle of a picture's base64.
package enum Run {
  /// Without spaces, quotes, controls, signs of escapes, commas, colons and the like; many at once are looked at.
  case unbroken
  /// The same with backslashes.
  case unbrokenWithBackslashes
  case other

  package init(_ bytes: ArraySlice<UInt8>) {
    var hasBackslash = false
    let isUnbroken = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe cposix_is_unbroken(buffer.baseAddress, buffer.count, &hasBackslash)
    }
    self = !isUnbroken ? .other : hasBackslash ? .unbrokenWithBackslashes : .unbroken
  }
}
