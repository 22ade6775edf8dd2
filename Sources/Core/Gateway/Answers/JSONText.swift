/// A JSON value as text, with its members in the order they are given: some clients tell events apart by
/// how their line begins.
struct JSONText: Equatable, Sendable, CustomStringConvertible {
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

  static func number(_ value: Int) -> JSONText { JSONText("\(value)") }

  static func boolean(_ value: Bool) -> JSONText { JSONText("\(value)") }

  static func array(_ values: [JSONText]) -> JSONText {
    JSONText("[\(values.map(\.description).joined(separator: ","))]")
  }

  static func object(_ members: [(String, JSONText)]) -> JSONText {
    JSONText("{\(fields(members))}")
  }

  /// The inside of an object.
  static func fields(_ members: [(String, JSONText)]) -> String {
    members.map { "\(string($0.0)):\($0.1)" }.joined(separator: ",")
  }
}
