import FoundationEssentials
package import HTTP
import Seedream

/// The service's side of the control socket: HTTP with JSON, and server-sent events.
///
/// | request | answer |
/// | --- | --- |
/// | `GET /v1/service` | `ServiceGreeting` |
/// | `POST /v1/jobs` with a `JobSubmission` | 201 `JobStatus`, or 422 `StudioError` |
/// | `GET /v1/jobs`, `GET /v1/jobs/ID` | `[JobStatus]`, `JobStatus` |
/// | `POST /v1/jobs/ID/cancel`, `…/fetch` | `JobStatus` |
/// | `POST /v1/jobs/ID/retry` with a `RetryBody` | 201 `JobStatus` of the new job |
/// | `GET /v1/ledger` | `LedgerStatus`: what was spent, and what is left of the budget |
/// | `GET /v1/events` | a stream: every job that is not over, then each one that changes |
/// | `POST /v1/service/stop` | 202; runs are finished first |
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
    server = try HTTPServer(on: .unixSocket(path: socket)) { request in
      await ControlServer.answer(request, studio: studio, greeting: greeting, onStop: onStop)
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
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.first == "v1" else {
      return json(
        404, StudioError(.badAnswer, "the service speaks version 1 of its language only"))
    }
    guard parts.first == "v1" else { return unknown(request) }
    do {
      switch (request.method, parts.count, parts.dropFirst().first) {
      case ("GET", 2, "service"):
        return json(200, greeting)
      case ("POST", 3, "service") where parts[2] == "stop":
        onStop()
        return json(202, greeting)
      case ("GET", 2, "events"):
        return events(of: studio)
      case ("GET", 2, "ledger"):
        return json(200, try await studio.ledgerStatus())
      case ("GET", 2, "jobs"):
        return json(200, await studio.jobs())
      case ("POST", 2, "jobs"):
        let submission = try JSONDecoder().decode(JobSubmission.self, from: Data(request.body))
        return json(201, try await studio.submit(submission))
      case ("GET", 3, "jobs"):
        return json(200, try await studio.job(parts[2]))
      case ("POST", 4, "jobs") where parts[3] == "cancel":
        return json(200, try await studio.cancel(parts[2]))
      case ("POST", 4, "jobs") where parts[3] == "retry":
        let body = try JSONDecoder().decode(RetryBody.self, from: Data(request.body))
        return json(
          201, try await studio.retry(parts[2], provider: body.provider, key: body.key))
      case ("POST", 4, "jobs") where parts[3] == "fetch":
        return json(200, try await studio.fetch(parts[2]))
      default: return unknown(request)
      }
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

  private static func unknown(_ request: HTTPServerRequest) -> HTTPReply {
    json(404, StudioError(.badAnswer, "the service has no \(request.method) \(request.path)"))
  }

  private static func events(of studio: Studio) -> HTTPReply {
    HTTPReply(
      status: 200,
      headers: [HTTPHeader(name: "Content-Type", value: "text/event-stream")],
      body: .stream { writer in
        let listener = studio.hub.listen()
        defer { studio.hub.remove(listener) }
        var batch = await studio.jobs().filter { !$0.state.isFinal }
        do {
          // Sends the head of the reply, so that the listener knows it is heard.
          try await writer.write(": listening\n\n")
          while true {
            for status in batch {
              try await writer.write(eventBytes(status))
            }
            guard let next = await listener.next() else { return }
            batch = next
          }
        } catch {
          // The listener has gone away; no job depends on it.
        }
      })
  }

  /// One event of the stream.
  static func eventBytes(_ status: JobStatus) -> [UInt8] {
    Array("event: job\ndata: ".utf8) + encoded(status) + [10, 10]
  }

  private static func json(_ status: Int, _ value: some Encodable) -> HTTPReply {
    HTTPReply(
      status: status, headers: [HTTPHeader(name: "Content-Type", value: "application/json")],
      body: .bytes(encoded(value)))
  }

  private static func encoded(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { Array($0) } ?? Array("null".utf8)
  }
}

/// The body of a retry.
struct RetryBody: Codable {
  var provider: ProviderConnection?
  var key: String?
}
