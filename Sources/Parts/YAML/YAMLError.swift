/// Why a text is not a document that can be used, and where.
package struct YAMLError: Error, Equatable, Sendable {
  package enum Code: Equatable, Sendable {
    case syntax, encoding, duplicateKey, alias, tooLarge, tooDeep, notOneDocument
    /// A key that is a list or a mapping.
    case complexKey
  }

  package let code: Code
  package let position: YAMLPosition
  /// A sentence without a full stop.
  package let message: String

  package init(_ code: Code, at position: YAMLPosition, _ message: String) {
    self.code = code
    self.position = position
    self.message = message
  }
}

extension YAMLError: CustomStringConvertible {
  /// `line 3, column 5: …`
  package var description: String {
    "line \(position.line), column \(position.column): \(message)"
  }
}
