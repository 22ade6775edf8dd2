/// What is wrong with a text that was given for a key, as a sentence's end that never repeats any of it.
enum KeyFault {
  /// Nil for what may be a key: visible ASCII, without what people copy along with one.
  static func of(_ text: String) -> String? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return "is empty" }
    if isLineEnd(last) { return "ends with a line end: take it off" }
    if first == "\u{FEFF}" { return "begins with a byte order mark: save it as plain text" }
    if isBlank(first) || isBlank(last) { return "has a space at its end or beginning: take it off" }
    if quotes.contains(first) || quotes.contains(last) {
      return "has quotes around it: give the key without them"
    }
    let lowered = text.lowercased()
    if lowered.hasPrefix("bearer ") || lowered.hasPrefix("authorization:") {
      let word = lowered.hasPrefix("b") ? "Bearer" : "Authorization:"
      return "begins with '\(word)': give the key alone"
    }
    if scalars.contains(where: isLineEnd) { return "has more than one line: give the key alone" }
    if scalars.contains(where: isBlank) { return "has a space in it: a key has none" }
    if scalars.contains(where: { !(0x21...0x7E).contains($0.value) }) {
      return "has characters in it that no key has: copy it again"
    }
    return nil
  }

  private static let quotes: Set<Unicode.Scalar> = [
    "\"", "'", "`", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}", "\u{AB}", "\u{BB}",
  ]

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{85}"
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace && !isLineEnd(scalar)
  }
}
