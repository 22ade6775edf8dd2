import FoundationEssentials
import HTTP
import Seedream

/// The other end of the control socket, for the front end and the commands.
package final class StudioClient: Sendable {
  /// How long an answer may take that only has to be looked up.
  private static let limit = Duration.seconds(30)
  /// How long one may take for which large references are stored or a run is ended.
  static let longLimit = Duration.seconds(180)

  private let client: LocalHTTPClient
  /// The process of the service, where it was asked.
  package let processID: Int?
  let budget: @Sendable () throws(StudioError) -> Budget?

  /// Speaks to the service behind a Unix socket; connects when asked something.
  ///
  /// - Parameter budget: Goes with everything that may cost something: whoever started the service may have had
  ///   another one, and both hold. Asked anew each time; what it throws is thrown instead of a request.
  package convenience init(
    socket: String, budget: @escaping @Sendable () throws(StudioError) -> Budget? = { nil }
  ) {
    self.init(LocalHTTPClient(socket: socket), processID: nil, budget: budget)
  }

  private init(
    _ client: LocalHTTPClient, processID: Int?,
    budget: @escaping @Sendable () throws(StudioError) -> Budget?
  ) {
    self.client = client
    self.processID = processID
    self.budget = budget
  }

  /// The same for a service that has said which process it is.
  package func known(as processID: Int) -> StudioClient {
    StudioClient(client, processID: processID, budget: budget)
  }

  /// What the service says of itself.
  /// - Parameter limit: How long it may take; one that is well answers at once.
  package func greeting(
    within limit: Duration = .seconds(10)
  ) async throws(StudioError) -> ServiceGreeting {
    try await ask("GET", "/v1/service", within: limit, as: ServiceGreeting.self)
  }

  /// Asks the service to finish its runs and end.
  package func stop() async throws(StudioError) {
    do {
      let answer = try await client.fetch(
        LocalRequest("POST", "/v1/service/stop", limit: Self.limit))
      guard answer.status == 202 else {
        throw StudioError(.badAnswer, "the service answered \(answer.status)")
      }
    } catch let error as HTTPError {
      // A service without runs may be gone before its answer is.
      if error.code != .cut { throw Self.unreachable(error) }
    } catch let error as StudioError {
      throw error
    } catch {
      throw StudioError(.badAnswer, "the service's answer cannot be read: \(error)")
    }
  }

  /// Hears what happens until the service ends or the task is cancelled.
  /// - Parameter onEvent: called on a thread of the request, in order.
  package func events(
    onOpen: @escaping @Sendable () -> Void, onEvent: @escaping @Sendable (StudioEvent) -> Void
  ) async throws(StudioError) {
    let reader = EventReader(onEvent: onEvent)
    do {
      let head = try await client.stream(
        LocalRequest("GET", "/v1/events"),
        onHead: { head in if head.status == 200 { onOpen() } },
        onBody: { try reader.consume($0) })
      guard head.status == 200 else {
        throw StudioError(.badAnswer, "the service answered \(head.status) when asked for events")
      }
    } catch let error as HTTPError {
      // What the reader has against an event is no fault of the line.
      throw error.underlying as? StudioError ?? Self.unreachable(error)
    } catch let error as StudioError {
      throw error
    } catch {
      throw StudioError(.badAnswer, "the service's events cannot be read: \(error)")
    }
  }

  func ask<Answer: Decodable>(
    _ method: String, _ path: String, body: (any Encodable)? = nil, within limit: Duration = limit,
    as type: Answer.Type
  ) async throws(StudioError) -> Answer {
    var request = LocalRequest(method, path, limit: limit)
    do {
      if let body {
        let encoder = JSONEncoder()
        // Base64 is full of slashes.
        encoder.outputFormatting = .withoutEscapingSlashes
        request.body = Array(try encoder.encode(body))
        request.headers.append(HTTPHeader(name: "Content-Type", value: "application/json"))
      }
      let response = try await client.fetch(request, limit: 64 << 20)
      if (200..<300).contains(response.head.status) {
        return try JSONDecoder.ofService.decode(type, from: Data(response.body))
      }
      if let error = try? JSONDecoder().decode(StudioError.self, from: Data(response.body)) {
        throw error
      }
      throw StudioError(.badAnswer, "the service answered \(response.head.status)")
    } catch let error as HTTPError {
      throw Self.unreachable(error)
    } catch let error as StudioError {
      throw error
    } catch {
      throw StudioError(
        .badAnswer, "the service's answer cannot be read: is it of another version?")
    }
  }

  /// The id as a part of a path: one with other characters names no job.
  func checked(_ id: String) throws(StudioError) -> String {
    let isName =
      !id.isEmpty && id.utf8.count <= 64
      && id.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-")
      }
    guard isName else { throw StudioError(.noSuchJob, "No job has such an id.") }
    return id
  }

  private static func unreachable(_ error: HTTPError) -> StudioError {
    if case .timedOut = error.code {
      return StudioError(
        .notAnswering,
        "The service takes questions and does not answer: it is stopped, or the machine is very busy."
      )
    }
    return StudioError(.unreachable, "the service does not answer: \(error.message)")
  }
}
