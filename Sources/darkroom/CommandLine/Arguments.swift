import Settings

/// What was typed behind a command: options with their values, and the rest in order.
struct Arguments: Equatable {
  private(set) var values: [String: [String]] = [:]
  private(set) var operands: [String] = []

  /// Reads `--name value`, `--name=value`, `-n value`, `-nvalue`; everything after `--` is an operand.
  init(_ words: [String], options: [OptionSpec]) throws(UsageError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      }
      if word == "-" || !word.hasPrefix("-") {
        operands.append(word)
        continue
      }
      let (spec, attached) = try Self.find(word, in: options)
      if spec.value == nil {
        guard attached == nil else {
          throw UsageError("option --\(spec.name) takes no value")
        }
        values[spec.name, default: []].append("")
        continue
      }
      guard let value = attached ?? rest.popFirst() else {
        throw UsageError("option --\(spec.name) needs a value: \(spec.value ?? "")")
      }
      if !spec.isRepeatable, values[spec.name] != nil {
        throw UsageError("option --\(spec.name) is given twice")
      }
      values[spec.name, default: []].append(value)
    }
  }

  func has(_ name: String) -> Bool { values[name] != nil }

  subscript(name: String) -> String? { values[name]?.last }

  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The whole number behind an option, or nil when it is not there.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "option --\(name): '\(text)' is not a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  /// One of the words behind an option, or nil when it is not there.
  func choice(_ name: String, of words: [String]) throws(UsageError) -> String? {
    guard let text = self[name] else { return nil }
    guard words.contains(text) else {
      throw UsageError("option --\(name): '\(text)' is not one of \(words.joined(separator: ", "))")
    }
    return text
  }

  /// The name somebody probably meant.
  static func nearest(to name: String, among names: [String]) -> String? {
    NearestName.of(name, in: names)
  }

  private static func find(
    _ word: String, in options: [OptionSpec]
  ) throws(UsageError) -> (OptionSpec, attached: String?) {
    if word.hasPrefix("--") {
      let parts = word.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      let attached = parts.count == 2 ? String(parts[1]) : nil
      if let spec = options.first(where: { $0.name == name }) { return (spec, attached) }
      let nearest = nearest(to: name, among: options.map(\.name))
      throw UsageError("unknown option --\(name)", hint: nearest.map { "did you mean --\($0)?" })
    }
    let letter = word[word.index(after: word.startIndex)]
    let attached = String(word.dropFirst(2))
    guard let spec = options.first(where: { $0.short == letter }) else {
      throw UsageError("unknown option -\(letter)")
    }
    return (spec, attached.isEmpty ? nil : attached)
  }
}

/// The command line cannot be understood.
struct UsageError: Error, Equatable {
  var message: String
  var hint: String?
  /// The command that was misunderstood; nil where none was found.
  var command: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
