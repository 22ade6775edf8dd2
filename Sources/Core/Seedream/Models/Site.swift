/// The two vendor sites: accounts, keys and model ids of one mean nothing on the other.
///
/// Source: BytePlus ModelArk, Model list (doc 1330310).
public enum Site: String, Equatable, Hashable, Sendable, Codable, CaseIterable {
  /// Volcengine Ark, mainland China; ids start with `doubao-`, prices are in CNY.
  case volcengine
  /// BytePlus ModelArk, international; prices are in USD.
  case byteplus
}
