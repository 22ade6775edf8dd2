/// The text with every character that could disturb a terminal or mislead a reader (controls, line separators,
/// directional overrides, what is not seen) made visible: control characters as their control pictures (`\u{1B}` as
/// ␛), others by number (`<202E>`). What joins letters and emoji stays.
package func printable(_ text: some StringProtocol) -> String {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return String(text) }
  var result = ""
  for scalar in text.unicodeScalars {
    guard isDisturbing(scalar) else {
      result.unicodeScalars.append(scalar)
      continue
    }
    let value = scalar.value
    if value < 0x20 || value == 0x7F,
      let picture = Unicode.Scalar(value < 0x20 ? 0x2400 + value : 0x2421)
    {
      result.unicodeScalars.append(picture)
    } else {
      result += "<" + String(value, radix: 16, uppercase: true) + ">"
    }
  }
  return result
}

/// Cc, Cf, Zl and Zp, but for the two joiners: the controls of Unicode Standard Annex 9 and the tags are among them.
private func isDisturbing(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20..<0x7F, 0x200C, 0x200D: return false
  default: break
  }
  return switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
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
