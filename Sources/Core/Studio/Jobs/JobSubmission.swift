package import Gallery
package import Seedream

/// What a front end or a command hands over to have pictures made.
package struct JobSubmission: Codable, Equatable, Sendable {
  package var request: GenerationRequest
  package var provider: ProviderConnection
  /// Lives in the service's memory only; never in a record, a journal or a log.
  package var key: String?
  /// An absolute path: the exchange with the provider is written there, without the key and with its
  /// pictures shortened. A file that is there is replaced.
  package var trace: String?
  /// Of a request whose client may ask again by itself: a further try gets the job of the first. Nil is
  /// always a new order.
  package var fingerprint: RequestFingerprint?
  /// What the user should know of it beyond the checks, a sentence each, to be told with the job.
  package var notices: [String]?
  /// What its pictures come from beyond the request; nil where there is nothing to tell.
  package var provenance: Provenance?

  /// What whoever sends it may spend; the service's own budget holds as well.
  package var budget: Budget?

  package init(
    request: GenerationRequest, provider: ProviderConnection, key: String?, trace: String? = nil,
    fingerprint: RequestFingerprint? = nil, notices: [String]? = nil,
    provenance: Provenance? = nil
  ) {
    self.fingerprint = fingerprint
    self.request = request
    self.provider = provider
    self.key = key
    self.trace = trace
    self.notices = notices
    self.provenance = provenance
  }
}
