/// The text with every character that could disturb a terminal or mislead a reader (controls, line
/// separators, directional overrides) written as an escape, `\u{1B}`.
package func printable(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    if isDisturbing(scalar) {
      result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Cc, Zl, Zp and the bidirectional controls of Unicode Standard Annex 9.
private func isDisturbing(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
  case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
  default: false
  }
}

/// Bytes as `printable` text, those that are not UTF-8 as `\xE9`.
package func printable(_ bytes: [UInt8]) -> String {
  var result = ""
  var rest = bytes[...]
  while let first = rest.first {
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    if let text = String(validating: rest.prefix(length), as: UTF8.self) {
      result += printable(text)
      rest = rest.dropFirst(length)
    } else {
      let digits = String(first, radix: 16, uppercase: true)
      result += "\\x" + (digits.count < 2 ? "0" : "") + digits
      rest = rest.dropFirst()
    }
  }
  return result
}
