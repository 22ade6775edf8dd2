package import Jobs

extension Studio {
  /// Providers for whose key jobs wait, each once.
  package var missingKeys: [ProviderConnection] {
    var connections: [ProviderConnection] = []
    for job in table.needingKey {
      guard let provider = job.provider, !connections.contains(where: provider.hasKeyOf) else {
        continue
      }
      connections.append(provider)
    }
    return connections
  }

  /// Hands a key to the jobs that wait for it, those of the same profile at the same address, and
  /// returns them.
  ///
  /// - Parameter key: Nil where the provider needs none after all.
  package func giveKey(
    _ key: String?, for provider: ProviderConnection
  ) throws(StudioError) -> [JobStatus] {
    if key != nil { try refuseEavesdroppers(provider) }
    parallel[provider.name] = provider.parallel ?? parallel[provider.name]
    let ids = giveToWaiting(key, of: provider)
    startNext()
    return ids.compactMap { table[$0]?.status }
  }

  /// Looks in the configuration for the keys that are missing.
  func lookUpKeys() async {
    isLookingUpKeys = true
    for provider in missingKeys {
      switch await options.keys(provider) {
      case .key(let key): giveToWaiting(key, of: provider)
      case .notNeeded: giveToWaiting(nil, of: provider)
      case .missing(let sentence):
        for job in table.needingKey where job.provider?.hasKeyOf(provider) == true {
          change(job.status.id) { $0.status.message = sentence }
        }
      }
    }
    isLookingUpKeys = false
    startNext()
    wakeWaiters()
  }

  @discardableResult
  func giveToWaiting(_ key: String?, of provider: ProviderConnection) -> [String] {
    let ids = table.needingKey.filter { $0.provider?.hasKeyOf(provider) == true }.map(\.status.id)
    for id in ids {
      change(id) { job in
        job.key = key
        job.usesKey = key != nil
        job.status.state.needsKey = false
        job.status.message = nil
      }
      startAsking(id)
    }
    return ids
  }
}
