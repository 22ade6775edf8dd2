import Glibc
import Posix
import Screen
import Terminal
import TestSupport
import Testing

/// Tests that open a terminal in this very process, which can have one: one after another.
@Suite(.serialized) enum OwnTerminalTests {}

/// A terminal of this process, on a pseudo-terminal with an emulator behind it.
final class OwnTerminal {
  let terminal: Terminal
  let screen: TerminalEmulator
  private let line: PseudoTerminal
  private var frames = 0

  init(
    size: Size, _ environment: [String: String] = [:], images: any ImageDriver = NoImages()
  ) throws {
    line = try PseudoTerminal(size: size)
    screen = try TerminalEmulator(size: size)
    var options = TerminalOptions(
      environment: ["TERM": "xterm-256color"].merging(environment) { $1 })
    options.device = line.devicePath
    options.capturesErrors = false
    options.images = images
    terminal = try Terminal.open(options)
  }

  deinit { terminal.close() }

  /// Paints, and has the emulator show it.
  /// - Returns: the bytes that took.
  @discardableResult
  func show(
    _ canvas: Canvas, cursor: Position? = nil, images: [ImagePlacement] = [],
    theme: Theme = .terminal
  ) throws -> [UInt8] {
    terminal.paint(Frame(canvas: canvas, cursor: cursor, images: images), theme: theme)
    return try settle()
  }

  /// Has the emulator show everything written so far; its answers are dropped.
  /// - Returns: the bytes.
  @discardableResult
  func settle() throws -> [UInt8] {
    frames += 1
    let name = "frame \(frames)"
    let mark = Array("\u{1B}]2;\(name)\u{7}".utf8)
    var bytes: [UInt8] = []
    answers = []
    // A large frame goes out as fast as it is read.
    while terminal.isBehind {
      let part = line.read(timeout: TerminalSession.patience)
      guard !part.isEmpty else { throw TestFailure("the rest of \(name) never came") }
      bytes += part
      answers += screen.feed(part)
      terminal.flushOutput()
    }
    // Written once there is room: it would wait for it, and nobody would read.
    while case .ready(let ready) = try Poll.wait(
      for: [line.descriptor], writable: [line.deviceDescriptor], timeout: TerminalSession.patience),
      ready.contains(line.descriptor)
    {
      let part = line.read(timeout: TerminalSession.patience)
      bytes += part
      answers += screen.feed(part)
    }
    guard unsafe write(line.deviceDescriptor, mark, mark.count) == mark.count else {
      throw TestFailure("the line takes no mark: errno \(errno)")
    }
    while screen.title != name {
      let part = line.read(timeout: TerminalSession.patience)
      guard !part.isEmpty else { throw TestFailure("\(name) never came") }
      bytes += part
      answers += screen.feed(part)
    }
    return bytes.dropLast(mark.count)
  }

  /// What the emulator had to say to what `settle` last showed it.
  private(set) var answers: [UInt8] = []

  /// Lets the terminal say something to the program.
  /// - Parameter time: milliseconds.
  func answer(_ bytes: [UInt8], at time: Int64 = 0) throws -> [InputEvent] {
    try line.write(bytes)
    guard
      case .ready = try Poll.wait(
        for: [terminal.inputDescriptor], timeout: TerminalSession.patience)
    else {
      throw TestFailure("nothing to read")
    }
    return terminal.readEvents(at: time)
  }

  func resize(to size: Size) {
    line.resize(to: size)
    screen.resize(to: size)
    terminal.handleResize()
  }
}
