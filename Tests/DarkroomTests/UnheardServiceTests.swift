import FoundationEssentials
import Gallery
import HTTP
import Posix
import Settings
import Studio
import TestSupport
import Testing

@testable import App

/// A service that lives and cannot be heard has not broken down: what is wrong with it is said.
@Suite struct UnheardServiceTests {
  enum Fault: CaseIterable {
    case jobsRefused, jobsCut, eventUnreadable, lineCut

    var words: String {
      switch self {
      case .jobsRefused: "the service answered 500"
      case .eventUnreadable: "event"
      case .jobsCut, .lineCut: "the service does not answer"
      }
    }
  }

  @Test(arguments: Fault.allCases) func whatIsWrongIsSaid(_ fault: Fault) async throws {
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("pictures"))
    try FileSystem.createDirectory(layout.privateDirectory)
    let socket = directory.path("control")
    try Data(socket.utf8).write(to: URL(filePath: layout.socketNote))
    let (hasTold, isOver) = (Gate(), Gate())
    let greeting = try JSONEncoder().encode(
      ServiceGreeting(version: "0.1.0", processID: 7, gallery: layout.root))
    let server = try HTTPServer(on: .unixSocket(path: socket)) { request in
      switch request.path {
      case "/v1/service":
        return HTTPReply(body: .bytes(Array(greeting)))
      case "/v1/events":
        return HTTPReply(
          headers: [HTTPHeader("Content-Type", "text/event-stream")],
          body: .stream { writer in
            try? await writer.write(Self.queue("false"))
            await (fault == .jobsRefused || fault == .jobsCut ? isOver : hasTold).wait()
            if fault == .lineCut { return writer.cut() }
            try? await writer.write(Self.queue("7"))
            await isOver.wait()
          })
      case "/v1/jobs" where fault == .jobsRefused: return .text(500, "no")
      case "/v1/jobs" where fault == .jobsCut: return HTTPReply(body: .stream { $0.cut() })
      default:
        // It has heard of the jobs, and asks for more.
        hasTold.open()
        return HTTPReply(body: .bytes(Array("[]".utf8)))
      }
    }
    defer {
      isOver.open()
      server.stop()
    }
    let (losses, loss) = AsyncStream.makeStream(of: (String, Bool).self)
    let settings = Settings()
    let paths = Paths(
      settings: settings, environment: ["DARKROOM_GALLERY": layout.root], home: directory.path,
      workingDirectory: directory.path)
    let connection = ServiceConnection(
      workspace: Workspace(
        settings: settings, paths: paths, choice: try settings.chooseProvider(), baseURL: nil,
        configurationFile: directory.path("config.yaml"), tell: { _ in }))
    await connection.listen { event in
      if case .lost(let message, let isUnexpected) = event { loss.yield((message, isUnexpected)) }
    }
    await connection.keep(StudioClient(socket: socket).known(as: 7))
    var iterator = losses.makeAsyncIterator()
    let (message, isUnexpected) = try #require(await iterator.next())
    #expect(message.contains(fault.words), "\(message)")
    #expect(!isUnexpected)
    await connection.listen(nil)
  }

  private static func queue(_ isPaused: String) -> String {
    "event: queue\ndata: {\"isPaused\": \(isPaused)}\n\n"
  }
}
