import HTTP

extension ControlServer {
  /// Nil for what cannot be asked of the queue.
  static func queue(_ request: ControlRequest, of studio: Studio) async throws -> HTTPReply? {
    switch request.route {
    case "GET": json(200, await studio.queueStatus)
    case "POST pause": json(200, try await studio.pause())
    case "POST resume": json(200, try await studio.resume())
    case "POST cancel": json(200, await studio.cancelAll())
    default: nil
    }
  }

  /// Nil for what cannot be asked of keys.
  static func keys(_ request: ControlRequest, of studio: Studio) async throws -> HTTPReply? {
    switch request.route {
    case "GET": return json(200, await studio.missingKeys)
    case "POST":
      let body = try request.decoded(as: KeyBody.self)
      return json(200, try await studio.giveKey(body.key, for: body.provider))
    default: return nil
    }
  }
}

/// The body of a key that is handed over.
struct KeyBody: Codable {
  var provider: ProviderConnection
  /// Nil where the provider needs none after all.
  var key: String?
}
