import Posix
package import Seedream
import Settings
package import Studio

// What is handed to the service, and the way to it.

extension Workspace {
  /// What is handed to the service to have a request made by a provider of the settings.
  package func submission(
    _ request: GenerationRequest, provider: String, trace: String? = nil
  ) async throws -> JobSubmission {
    let profile = try settings.profile(named: provider)
    let url = (provider == providerName ? baseURL : nil) ?? profile.baseURL
    let key = try await profile.resolveKey(for: url, hiding: settings.keyVariables)
    return JobSubmission(
      request: profile.namingFamily(of: request),
      provider: ProviderConnection(
        name: profile.name, dialect: profile.dialect, baseURL: url?.description,
        headers: profile.headers, limits: profile.limits, parallel: profile.parallel,
        prices: profile.prices.isEmpty ? nil : profile.prices),
      key: key.secret?.reveal(), trace: trace, fingerprint: .ofOneSend(),
      notices: lifeProblem(of: profile.namingFamily(of: request), at: profile).map { [$0.message] })
  }

  /// The running service of the gallery; starts one where none answers.
  ///
  /// - Parameters:
  ///   - sends: Whether the service is to send something; whoever wants it to take jobs means that anyway.
  ///   - onWait: Given what is waited for, once that was told.
  package func service(
    _ need: ServiceNeed = .anAnswer, sends: Bool = false,
    onWait: @escaping @Sendable (ServiceWait) async -> Void = { _ in }
  ) async throws(StudioError) -> StudioClient {
    let launcher = ServiceLauncher(workspace: self) { [tell] wait in
      tell(.wait(wait.sentence))
      await onWait(wait)
    }
    let client = try await launcher.client(need)
    if sends || need == .takingJobs, let sentence = await networkDifference(of: client) {
      tell(.network(sentence))
    }
    await handOverKeys(to: client)
    return client
  }

  /// What is to be said of the way the service's requests go; nil where it is the way of this process.
  private func networkDifference(of client: StudioClient) async -> String? {
    (try? await client.greeting()).flatMap { NetworkSettings.difference(of: $0) }
  }

  /// The running service of the gallery; nil where none answers.
  package func runningService() async throws(StudioError) -> StudioClient? {
    try await ServiceLocator(workspace: self).running()?.client
  }
}

extension RequestFingerprint {
  /// One for every send of a user: handed over again it is the same order, and an equal request another.
  static func ofOneSend() -> RequestFingerprint {
    let name = "send-" + Randomness.hexadecimal(byteCount: 16)
    return RequestFingerprint(digest: name, name: name, joinsEqual: false)
  }
}

extension GenerationRequest {
  /// The same request with its prompt cleaned.
  /// - Throws: `refused` where the prompt holds what no prompt may.
  package func withCheckedPrompt() throws(StudioError) -> GenerationRequest {
    var request = self
    request.prompt = PromptText.cleaned(prompt)
    do {
      try PromptText.check(request.prompt)
    } catch {
      let sentence = "The prompt \(error.reason)."
      throw StudioError(.refused, sentence, problems: [Problem(.prompt, sentence)])
    }
    return request
  }
}
