/// One command of the program: what it is called, what it takes, what it does.
struct Command: Sendable {
  var name: String
  /// What comes behind the name in the usage line.
  var operands: String
  var summary: String
  /// A paragraph or two for `--help`, lines of at most 90 columns.
  var details: String = ""
  var options: [OptionSpec]
  /// Left out of the list of commands: the program calls it, not a user.
  var isInternal = false
  var run: @Sendable (Arguments) throws -> ExitStatus

  var help: String {
    var text = "Usage: darkroom \(name)\(options.isEmpty ? "" : " [options]")"
    if !operands.isEmpty { text += " \(operands)" }
    text += "\n\n\(summary)\n"
    if !details.isEmpty { text += "\n\(details)\n" }
    return text + "\nOptions:\n" + Self.table(options)
  }

  /// Options in two columns.
  static func table(_ options: [OptionSpec]) -> String {
    let rows = options.map { option in
      let short = option.short.map { "-\($0), " } ?? "    "
      return ("  \(short)--\(option.name)\(option.value.map { " \($0)" } ?? "")", option.help)
    }
    return columns(rows)
  }

  /// Two columns of text, the first as wide as it must be.
  static func columns(_ rows: [(String, String)]) -> String {
    let width = (rows.map(\.0.count).max() ?? 0) + 2
    return rows.map { row in
      row.0 + String(repeating: " ", count: width - row.0.count) + row.1 + "\n"
    }.joined()
  }
}
