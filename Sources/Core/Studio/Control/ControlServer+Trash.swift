import HTTP

extension ControlServer {
  /// Nil for what cannot be asked of pictures.
  static func pictures(
    _ request: ControlRequest, of studio: Studio
  ) async throws -> HTTPReply? {
    guard let id = request.id else { return nil }
    switch request.route {
    case "POST trash": return json(200, in: studio, try await studio.trash(id))
    case "POST restore": return json(200, in: studio, try await studio.restore(id))
    default: return nil
    }
  }

  /// Nil for what cannot be asked of the trash.
  static func trash(_ request: ControlRequest, of studio: Studio) async throws -> HTTPReply? {
    switch request.route {
    case "GET": return json(200, in: studio, try await studio.trash())
    case "POST erase":
      try await studio.erase(request.decoded(as: EraseBody.self).pictures)
      return json(200, in: studio, try await studio.trash())
    default: return nil
    }
  }
}

/// The body of an erasure.
struct EraseBody: Codable {
  /// Whole ids.
  var pictures: [String]
}
