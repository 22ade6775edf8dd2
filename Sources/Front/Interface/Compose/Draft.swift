package import Seedream

/// What has been written but not sent: kept across sessions so that nothing typed is lost.
package struct Draft: Equatable, Sendable, Codable {
  /// Changes to the request of a job that waits, which the service has not been told of.
  package struct EditedJob: Equatable, Sendable, Codable {
    package var jobID: String
    /// The job's provider, which stays.
    package var provider: String
    /// As the service has it.
    package var known: GenerationRequest
    /// As it stands in the form.
    package var request: GenerationRequest
    /// As the service had it when the change began, to the letter.
    package var base: GenerationRequest?
    /// What is typed for a further reference.
    package var reference: String?
  }

  /// The provider's name in the configuration.
  package var provider: String
  /// The provider that command line, configuration and environment chose when it was written; nil where
  /// nobody knows.
  package var chosen: String?
  /// Prompt, parameters and references as they stand; it may well break the model's rules.
  package var request: GenerationRequest
  /// What is typed for a further reference and not on the list yet.
  package var reference: String?
  /// What the program had in the form in the draft's place when it was ended without a question.
  package var edited: EditedJob?

  package init(provider: String, request: GenerationRequest) {
    self.provider = provider
    self.request = request
  }

  /// Whether nothing was typed that would be missed.
  package var isBlank: Bool {
    let typed = [request.prompt, reference ?? "", edited?.request.prompt ?? ""]
    return request.references.isEmpty && typed.allSatisfy { $0.allSatisfy(\.isWhitespace) }
  }
}
