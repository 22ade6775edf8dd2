extension String {
  /// The text fit for one line of a message: bounded, control and direction characters spelled out.
  ///
  /// Names come from people, texts from servers; neither may move a terminal's cursor.
  func shown(limit: Int) -> String {
    var result = ""
    var count = 0
    for scalar in unicodeScalars {
      if count == limit {
        result += "…"
        break
      }
      count += 1
      switch scalar.properties.generalCategory {
      case .lineSeparator, .paragraphSeparator: result += " "
      case .control, .format, .surrogate, .privateUse, .unassigned:
        result += scalar == "\n" || scalar == "\t" || scalar == "\r" ? " " : scalar.escaped
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// A control as its picture, `␛`; what else is not seen by its number, `<202E>`.
  fileprivate var escaped: String {
    if value < 0x20, let picture = Unicode.Scalar(0x2400 + value) { return String(picture) }
    return value == 0x7F ? "\u{2421}" : "<" + String(value, radix: 16, uppercase: true) + ">"
  }
}
