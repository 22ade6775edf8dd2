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
  /// `\u{1b}`.
  fileprivate var escaped: String { "\\u{" + String(value, radix: 16) + "}" }
}
