import FoundationEssentials
import HTTP
import Posix
import Synchronization
import TestSupport

/// A gateway that runs.
final class Serving: Sendable {
  let url: String
  /// The line it says on start.
  let greeting: String
  private let process: Mutex<ChildProcess>
  private let identifier: Int32
  /// What it says after that.
  private let rest: FileDescriptor

  convenience init(_ home: ProgramHome, _ words: String...) throws {
    try self.init(home, words: words)
  }

  /// - Parameter address: Where it listens; on a free port if nil.
  init(_ home: ProgramHome, words: [String], on address: String = "127.0.0.1:0") throws {
    let pipe = try Pipe()
    let nothing = try FileDescriptor(reading: "/dev/null")
    let command = ProcessSpec(
      home.program, ["serve", "--listen", address] + words, environment: home.environment(),
      directory: home.directory.path)
    let child = try ChildProcess(
      command, input: nothing.number, output: pipe.writingEnd.number,
      error: pipe.writingEnd.number)
    identifier = child.identifier
    process = Mutex(child)
    let output = pipe.keepReadingEnd()
    greeting = try Self.line(from: output)
    guard let url = greeting.firstMatch(of: /http:\S+/) else {
      throw TestFailure("no address in: \(greeting)")
    }
    self.url = String(url.output)
    rest = output
  }

  func request(_ path: String, _ body: String) -> HTTPRequest {
    HTTPRequest(
      method: "POST", url: url + path,
      headers: [HTTPHeader("Content-Type", "application/json")], body: .text(body))
  }

  /// The most it has had in memory, in bytes, proc_pid_status(5).
  var peakMemory: Int {
    get throws {
      let text = try String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
      guard let match = text.firstMatch(of: /VmHWM:\s+(\d+) kB/), let count = Int(match.1) else {
        throw TestFailure("no peak memory")
      }
      return count << 10
    }
  }

  /// The next line it says.
  func nextLine() throws -> String { try Self.line(from: rest) }

  private static func line(from output: borrowing FileDescriptor) throws -> String {
    var line: [UInt8] = []
    while line.last != UInt8(ascii: "\n") {
      guard try Poll.wait(for: [output.number], timeout: TerminalSession.patience) != .timedOut,
        case let piece = try output.read(upTo: 1), !piece.isEmpty
      else { throw TestFailure("the gateway said: \(String(decoding: line, as: UTF8.self))") }
      line += piece
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// Asks it to end.
  func beginEnd() { process.withLock { $0.send(.terminate) } }

  /// Ends it as a crash would.
  func kill() throws {
    _ = try process.withLock { process throws(PosixError) in
      process.kill()
      return try process.wait()
    }
  }

  /// Waits until it has ended by itself.
  func waitForEnd() throws -> TerminationStatus {
    try process.withLock { process throws(PosixError) in try process.wait() }
  }

  /// Asks it to end, and waits for that.
  func end() throws -> TerminationStatus {
    try process.withLock { process throws(PosixError) in
      process.send(.terminate)
      return try process.wait()
    }
  }
}
