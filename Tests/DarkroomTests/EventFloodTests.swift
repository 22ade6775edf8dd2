import HTTP
import Jobs
import Seedream
import Settings
import TestSupport
import Testing

@testable import App
@testable import Studio

/// A service that tells more than anybody can take in.
@Suite struct EventFloodTests {
  private static let rounds = 600

  @Test func whoIsSlowToHearAServiceIsToldTheNewestOfIt() async throws {
    let directory = try TemporaryDirectory()
    let (wasTold, isOver) = (Gate(), Gate())
    let socket = directory.path("control")
    let server = try HTTPServer(on: .unixSocket(path: socket)) { request in
      switch request.path {
      case "/v1/events":
        return HTTPReply(
          headers: [HTTPHeader("Content-Type", "text/event-stream")],
          body: .stream { writer in
            for bytes in Self.events() { try? await writer.write(bytes) }
            wasTold.open()
            // It goes on as long as somebody hears it.
            await isOver.wait()
          })
      case "/v1/jobs":
        // What it says of itself is waited for while all that comes.
        await wasTold.wait()
        return HTTPReply(body: .bytes(Array("[]".utf8)))
      default: return .text(404, "no")
      }
    }
    defer {
      isOver.open()
      server.stop()
    }
    let connection = ServiceConnection(workspace: try Self.workspace(in: directory))
    let heard = Collected<ServiceConnection.Event>()
    let last = Gate()
    await connection.listen { event in
      heard.append(event)
      if case .job(let job) = event, job.revision == Self.rounds { last.open() }
    }
    await connection.keep(StudioClient(socket: socket))
    await last.wait()
    await connection.listen(nil)
    // Of 1200, those that were on the line when it began to look.
    #expect(heard.all.count < Self.rounds, "\(heard.all.count) events")
  }

  /// One job and one queue, over and over.
  private static func events() -> some Sequence<[UInt8]> {
    let request = GenerationRequest(
      model: "seedream-4.0", prompt: String(repeating: "long ", count: 1000))
    return (1...rounds).lazy.flatMap { revision in
      var job = JobStatus(
        id: "k7f2", state: .running(), request: request, provider: "held", modelName: "Seedream",
        submitted: 0)
      job.revision = revision
      return [
        ControlServer.bytes(of: .queue(QueueStatus(isPaused: revision % 2 == 0))),
        ControlServer.bytes(of: .job(job)),
      ]
    }
  }

  private static func workspace(in directory: borrowing TemporaryDirectory) throws -> Workspace {
    let settings = Settings()
    let paths = Paths(
      settings: settings, environment: [:], home: directory.path,
      workingDirectory: directory.path)
    return Workspace(
      settings: settings, paths: paths, choice: try settings.chooseProvider(), baseURL: nil,
      configurationFile: directory.path("config.yaml"), tell: { _ in })
  }
}
