/// A JSON value as text, with its members in the order they are given: the vendor's Go SDK tells events
/// apart by how their line begins. For those who answer on the wire; requests are written by `JSONWriter`.
package struct JSONText: Equatable, Sendable, CustomStringConvertible {
  package let description: String

  private init(_ text: String) { description = text }

  package static func string(_ text: String) -> JSONText {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
    if isPlain { return plain(text) }
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
  package static func plain(_ text: String) -> JSONText { JSONText("\"\(text)\"") }

  package static func number(_ value: Int) -> JSONText { JSONText("\(value)") }

  package static let null = JSONText("null")

  /// A finite number.
  package static func fraction(_ value: Double) -> JSONText {
    value.isFinite ? JSONText("\(value)") : null
  }

  package static func boolean(_ value: Bool) -> JSONText { JSONText("\(value)") }

  package static func array(_ values: [JSONText]) -> JSONText {
    JSONText("[\(values.map(\.description).joined(separator: ","))]")
  }

  package static func object(_ members: [(String, JSONText)]) -> JSONText {
    JSONText("{\(fields(members))}")
  }

  /// The inside of an object.
  package static func fields(_ members: [(String, JSONText)]) -> String {
    members.map { "\(string($0.0)):\($0.1)" }.joined(separator: ",")
  }
}
