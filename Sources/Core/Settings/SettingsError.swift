internal import Posix

/// What is wrong with the configuration, and where.
package struct SettingsError: Error, Equatable, Sendable {
  package enum Code: Equatable, Sendable {
    case unreadable, syntax, unknownKey, wrongType, notAllowed, notPrivate, unknownProvider
  }

  package let code: Code
  /// The path of the file; nil where the fault is in an option or a variable.
  package let file: String?
  /// Counted from one; nil where the file as a whole is meant.
  package let line: Int?
  /// The key concerned, with those it lies under: `providers.home.base_url`.
  package let key: String?
  /// One sentence without a full stop.
  package let message: String
  /// The nearest word that would be taken.
  package let suggestion: String?
  /// What else is wrong in the same file, line by line.
  package var others: [SettingsError] = []

  package init(
    _ code: Code, file: String? = nil, line: Int? = nil, key: String? = nil, _ message: String,
    suggestion: String? = nil
  ) {
    self.code = code
    self.file = file
    self.line = line
    self.key = key
    self.message = message
    self.suggestion = suggestion
  }
}

extension SettingsError {
  /// This one and the others.
  package var all: [SettingsError] {
    var first = self
    first.others = []
    return [first] + others
  }
}

extension SettingsError: CustomStringConvertible {
  /// `config.yaml:7: unknown key 'provder'; did you mean 'provider'?`
  package var description: String {
    var text = ""
    if let file {
      text = printable(FileSystem.name(of: file)) + ":" + (line.map { "\($0):" } ?? "") + " "
    }
    text += printable(message)
    if let suggestion { text += "; did you mean '\(printable(suggestion))'?" }
    return text
  }
}
