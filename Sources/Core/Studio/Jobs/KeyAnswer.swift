/// What the configuration says of a provider's key.
package enum KeyAnswer: Equatable, Sendable {
  /// Lives in the service's memory only.
  case key(String)
  case notNeeded
  /// A sentence: whose key is missing, and how to hand it over.
  case missing(String)
}
