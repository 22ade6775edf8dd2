/// A JSON value as text, with its members in the order they are given: the vendor's Go SDK tells
/// events apart by how their line begins.
struct JSONText: Equatable, CustomStringConvertible {
  let description: String

  private init(_ text: String) { description = text }

  static func string(_ text: String) -> JSONText {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return JSONText(quoted + "\"")
  }

  /// Text that is known to need no escape, such as base64: of megabytes, so not looked at.
  static func plain(_ text: String) -> JSONText { JSONText("\"\(text)\"") }

  static func number(_ value: Int) -> JSONText { JSONText("\(value)") }

  static func array(_ values: [JSONText]) -> JSONText {
    JSONText("[\(values.map(\.description).joined(separator: ","))]")
  }

  static func object(_ members: [(String, JSONText)]) -> JSONText {
    let texts = members.map { "\(string($0.0)):\($0.1)" }
    return JSONText("{\(texts.joined(separator: ","))}")
  }
}
