package import Seedream

/// What has been written but not sent: kept across sessions so that nothing typed is lost.
package struct Draft: Equatable, Sendable, Codable {
  /// The provider's name in the configuration.
  package var provider: String
  /// Prompt, parameters and references as they stand; it may well break the model's rules.
  package var request: GenerationRequest

  package init(provider: String, request: GenerationRequest) {
    self.provider = provider
    self.request = request
  }
}
