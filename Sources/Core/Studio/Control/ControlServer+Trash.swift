import FoundationEssentials
import HTTP

extension ControlServer {
  /// Nil for what cannot be asked of pictures and the trash.
  static func trash(
    _ request: HTTPServerRequest, _ parts: [String], of studio: Studio
  ) async throws -> HTTPReply? {
    switch (request.method, parts.count, parts[1], parts.last) {
    case ("POST", 4, "pictures", "trash"): return json(200, try await studio.trash(parts[2]))
    case ("POST", 4, "pictures", "restore"): return json(200, try await studio.restore(parts[2]))
    case ("GET", 2, "trash", _): return json(200, try await studio.trash())
    case ("POST", 3, "trash", "erase"):
      let body = try JSONDecoder().decode(EraseBody.self, from: Data(request.body))
      try await studio.erase(body.pictures)
      return json(200, try await studio.trash())
    default: return nil
    }
  }
}

/// The body of an erasure.
struct EraseBody: Codable {
  /// Whole ids.
  var pictures: [String]
}
