import FoundationEssentials
import Gallery
package import HTTP
import Jobs
import Seedream

/// The service's side of the control socket: HTTP with JSON, and server-sent events.
///
/// | request | answer |
/// | --- | --- |
/// | `GET /v1/service` | `ServiceGreeting` |
/// | `POST /v1/jobs` with a `JobSubmission` | 201 `JobStatus`, or 422 `StudioError` |
/// | `POST /v1/groups` with a `JobSubmission` | 201 `[JobStatus]`: all jobs that it takes, or 422 and none |
/// | `GET /v1/jobs`, `GET /v1/jobs/ID` | `[JobStatus]`, `JobStatus` |
/// | `POST /v1/jobs/ID/cancel`, `…/fetch`, `…/forget` | `JobStatus` |
/// | `POST /v1/jobs/ID/move` with a `MoveBody` | `JobStatus` |
/// | `POST /v1/jobs/ID/edit` with an `EditBody` | `JobStatus` |
/// | `POST /v1/jobs/ID/attach` with an `AttachBody` | `JobStatus` |
/// | `POST /v1/jobs/ID/retry` with a `RetryBody` | 201 `JobStatus` of the new job |
/// | `GET /v1/queue`, `POST /v1/queue/pause`, `…/resume` | `QueueStatus` |
/// | `POST /v1/queue/cancel` | `[JobStatus]` of the jobs that were not over |
/// | `GET /v1/keys` | `[ProviderConnection]` for whose key jobs wait |
/// | `POST /v1/keys` with a `KeyBody` | `[JobStatus]` of the jobs that waited for it |
/// | `POST /v1/pictures/ID/trash` | `TrashItem` |
/// | `POST /v1/pictures/ID/restore` | `SavedPicture` |
/// | `GET /v1/trash` | `[TrashItem]` |
/// | `POST /v1/trash/erase` with an `EraseBody` | `[TrashItem]`: what is left |
/// | `POST /v1/ledger` with a `Budget` | `LedgerStatus`: what was spent, and what is left of that budget and the service's own |
/// | `GET /v1/events` | a stream: the queue and every job that is not over, then what changes |
/// | `POST /v1/service/stop` | 202 `ServiceGreeting`; runs are finished first, the queue is the next service's |
package final class ControlServer: Sendable {
  private let server: HTTPServer
  private let hub: EventHub

  /// Serves a studio on a Unix socket; the caller has made its directory private.
  /// - Throws: `HTTPError` when the socket cannot be listened on.
  package init(
    studio: Studio, greeting: ServiceGreeting, socket: String,
    onStop: @escaping @Sendable () -> Void
  ) throws(HTTPError) {
    let hub = studio.hub
    self.hub = hub
    // References of a request to a gateway come inside it: what `serve --max-body` lets in, and a little.
    let limits = HTTPServerLimits(maximumBodyBytes: 1100 << 20)
    server = try HTTPServer(on: .unixSocket(path: socket), limits: limits) { request in
      hub.beginRequest()
      defer { hub.endRequest() }
      return await ControlServer.answer(request, studio: studio, greeting: greeting, onStop: onStop)
    }
  }

  /// Ends the event streams and stops listening.
  package func stop() {
    hub.close()
    server.stop()
  }

  private static func answer(
    _ request: HTTPServerRequest, studio: Studio, greeting: ServiceGreeting,
    onStop: @escaping @Sendable () -> Void
  ) async -> HTTPReply {
    guard let request = ControlRequest(request) else {
      return json(
        404, StudioError(.badAnswer, "the service speaks version 1 of its language only"))
    }
    do {
      let reply =
        switch request.resource {
        case "service": await answer(request, of: studio, greeting: greeting, onStop: onStop)
        case "jobs": try await jobs(request, of: studio)
        case "groups" where request.route == "POST":
          json(201, in: studio, try await studio.submitAll(request.decoded(as: JobSubmission.self)))
        case "queue": try await queue(request, of: studio)
        case "keys": try await keys(request, of: studio)
        case "pictures": try await pictures(request, of: studio)
        case "trash": try await trash(request, of: studio)
        case "ledger" where request.route == "POST":
          json(200, in: studio, try await studio.ledgerStatus(request.decoded(as: Budget.self)))
        case "events" where request.route == "GET": events(of: studio)
        default: nil as HTTPReply?
        }
      return reply
        ?? json(404, StudioError(.badAnswer, "the service has no \(request.shown)"))
    } catch let error as StudioError {
      return json(error.code == .noSuchJob ? 404 : 422, error)
    } catch is DecodingError {
      return json(
        400,
        StudioError(
          .badAnswer, "the service does not understand the request: is it of another version?"))
    } catch {
      return json(500, StudioError(.badAnswer, "the service failed: \(error)"))
    }
  }

  private static func answer(
    _ request: ControlRequest, of studio: Studio, greeting: ServiceGreeting,
    onStop: @escaping @Sendable () -> Void
  ) async -> HTTPReply? {
    switch request.route {
    case "GET": return json(200, await studio.greeting(greeting))
    case "POST stop":
      await studio.close()
      onStop()
      return json(202, await studio.greeting(greeting))
    default: return nil
    }
  }

  /// - Parameter studio: Whose gallery it is about: older clients read paths.
  static func json(
    _ status: Int, in studio: Studio? = nil, _ value: some Encodable
  ) -> HTTPReply {
    HTTPReply(
      status: status, headers: [HTTPHeader(name: "Content-Type", value: "application/json")],
      body: .bytes(encoded(value, in: studio)))
  }

  static func encoded(_ value: some Encodable, in studio: Studio? = nil) -> [UInt8] {
    let encoder = JSONEncoder()
    if let studio, let key = CodingUserInfoKey.galleryRoot {
      encoder.userInfo[key] = studio.dependencies.galleryActor.layout.root
    }
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { Array($0) } ?? Array("null".utf8)
  }
}
