/// A key that is shown nowhere: not in descriptions, dumps, mirrors or logs. It is not `Codable`, so
/// nothing that holds it can be written out by accident.
package struct Secret: Equatable, Sendable {
  private let value: String

  /// Nil for an empty text, and for one with characters that cannot stand in a header field (RFC
  /// 9110, 5.5): it would not be a key, and might be an attack.
  package init?(_ value: String) {
    guard !value.isEmpty, value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    self.value = value
  }

  /// The key itself, for the one header it goes into.
  package func reveal() -> String { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "(hidden)" }
  package var debugDescription: String { "(hidden)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
