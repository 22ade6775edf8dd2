import HTTP
import Seedream

extension ControlServer {
  /// Nil for what cannot be asked of jobs.
  static func jobs(_ request: ControlRequest, of studio: Studio) async throws -> HTTPReply? {
    guard let id = request.id else {
      switch request.route {
      case "GET": return json(200, in: studio, await studio.jobs())
      case "POST":
        return json(
          201, in: studio, try await studio.submit(request.decoded(as: JobSubmission.self)))
      default: return nil
      }
    }
    switch request.route {
    case "GET": return json(200, in: studio, try await studio.job(id))
    case "POST cancel": return json(200, in: studio, try await studio.cancel(id))
    case "POST fetch": return json(200, in: studio, try await studio.fetch(id))
    case "POST forget": return json(200, in: studio, try await studio.forget(id))
    case "POST move":
      let body = try request.decoded(as: MoveBody.self)
      return json(200, in: studio, try await studio.move(id, before: body.before))
    case "POST edit":
      let body = try request.decoded(as: EditBody.self)
      return json(200, in: studio, try await studio.edit(id, body.request, within: body.budget))
    case "POST attach":
      let body = try request.decoded(as: AttachBody.self)
      return json(200, in: studio, try await studio.attach(id, files: body.files))
    case "POST retry":
      let body = try request.decoded(as: RetryBody.self)
      return json(
        201,
        try await studio.retry(
          id, provider: body.provider, key: body.key, within: body.budget))
    default: return nil
    }
  }
}

/// The body of a retry.
struct RetryBody: Codable {
  var provider: ProviderConnection?
  var key: String?
  var budget: Budget?
}

/// The body of a move.
struct MoveBody: Codable {
  /// The job it comes before; nil for the end of the queue.
  var before: String?
}

/// The body of an edit.
struct EditBody: Codable {
  var request: GenerationRequest
  var budget: Budget?
}

/// The body of an attachment.
struct AttachBody: Codable {
  /// Absolute paths.
  var files: [String]
}
