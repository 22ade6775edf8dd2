import FoundationEssentials
import Posix
import Seedream
import Studio
import Synchronization

/// Sends one job and follows it to its end.
struct Generation {
  let workspace: Workspace
  let asJSON: Bool

  func run(_ request: GenerationRequest, provider: String) async throws -> ExitStatus {
    let submission = try await workspace.submission(request, provider: provider)
    if provider == "sandbox" {
      Console.narrate("sandbox: the picture is drawn on this machine and nothing is paid")
    }
    let client = try await workspace.service()
    let status: JobStatus
    do {
      status = try await client.submit(submission)
    } catch {
      throw CommandFailure(error)
    }
    Console.narrate("job \(status.id): \(status.modelName) by \(status.provider)")
    return finish(try await follow(status.id, client))
  }

  /// Prints every picture as it is saved, until the job is over.
  private func follow(_ id: String, _ client: StudioClient) async throws -> JobStatus {
    let printed = Printed(asJSON: asJSON)
    let (stream, feed) = AsyncStream.makeStream(of: JobStatus.self)
    let listening = Task {
      defer { feed.finish() }
      try await client.events(
        onOpen: {
          // What happened between the answer and now is asked for, not waited for.
          Task {
            if let status = try? await client.job(id) { feed.yield(status) }
          }
        },
        onEvent: { event in
          if case .job(let status) = event, status.id == id { feed.yield(status) }
        })
    }
    defer { listening.cancel() }
    for await status in stream {
      printed.print(status)
      if status.state.isFinal { return status }
    }
    // The service has ended or the line to it broke; what it knows now is all there is.
    do {
      let status = try await workspace.service().job(id)
      printed.print(status)
      return status
    } catch {
      throw CommandFailure("job \(id) was sent, but the service is gone: \(error.message)")
    }
  }

  private func finish(_ status: JobStatus) -> ExitStatus {
    for member in status.members {
      guard case .refused(let code, let message, let requestID) = member.outcome else { continue }
      let support = requestID.map { " (request \($0))" } ?? ""
      Console.narrate("picture \(member.index + 1) was refused: \(message) [\(code)]\(support)")
    }
    if let message = status.message, status.state != .partlyDone { Console.narrate(message) }
    return switch status.state {
    case .done: .done
    case .partlyDone: .partlyDone
    case .unknown: .unknownOutcome
    default: .failed
    }
  }
}

/// The pictures of a job that were printed already.
private final class Printed: Sendable {
  private let ids = Mutex<Set<String>>([])
  private let asJSON: Bool

  init(asJSON: Bool) {
    self.asJSON = asJSON
  }

  func print(_ status: JobStatus) {
    for picture in status.pictures where ids.withLock({ $0.insert(picture.id).inserted }) {
      Console.print(asJSON ? JSONLine.text(picture) : Console.shown(path: picture.path))
    }
  }
}
