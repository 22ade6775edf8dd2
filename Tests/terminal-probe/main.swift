// The smallest program on a terminal, for tests: shows its arguments line by line, and under them what
// is typed and the last event. Control letters end it in every way there is.
import Glibc
import Posix
import Screen
import Terminal

func complain(_ text: String) {
  _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
}

func draw(_ lines: [String], typed: String, last: String, on terminal: Terminal) {
  var canvas = Canvas(size: terminal.size)
  for (row, text) in lines.enumerated() { canvas.write(text, row: row, column: 0) }
  canvas.write(typed, row: lines.count, column: 0, Style(.accent))
  canvas.write(last, row: lines.count + 1, column: 0)
  let caret = Position(row: lines.count, column: TextWidth.columns(of: typed))
  terminal.paint(Frame(canvas: canvas, cursor: caret), theme: .terminal)
}

/// - Returns: whether to go on.
func act(on letter: Character, _ terminal: Terminal) -> Bool {
  switch letter {
  case "q": return false
  case "e": exit(3)
  case "t":
    let none: [Int] = []
    print(none[none.count])
  case "a": abort()
  case "n": terminal.close()
  case "o":
    terminal.leave()
    print("an editor has the screen")
    _ = getchar()
    terminal.enter()
  case "s": complain("a warning from a library\n")
  case "w": terminal.setTitle("Darkroom\u{1B}[2J")
  case "z": terminal.suspend()
  default: break
  }
  return true
}

func run() throws {
  let signals = try Signals([.windowChange])
  let terminal = try Terminal.open(TerminalOptions(environment: Environment.all))
  let lines = CommandLine.arguments.dropFirst() + (terminal.note.map { [$0] } ?? [])
  var typed = ""
  var last = ""
  while !terminal.hasHungUp {
    draw(Array(lines), typed: typed, last: last, on: terminal)
    let outcome = try Poll.wait(
      for: [terminal.inputDescriptor, signals.descriptor],
      writable: terminal.isBehind ? [terminal.outputDescriptor] : [],
      timeout: terminal.flushTime.map {
        .milliseconds(max(0, $0 - SystemClock.monotonicMilliseconds))
      })
    let now = SystemClock.monotonicMilliseconds
    terminal.flushOutput()
    if try !signals.drain().isEmpty { terminal.handleResize() }
    let read = outcome == .timedOut ? [] : terminal.readEvents(at: now)
    for event in read + terminal.flushInput(at: now) {
      switch event {
      case .key(let key):
        if case .character(let character) = key.code {
          if key.modifiers == .control {
            guard act(on: character, terminal) else { return }
          } else {
            typed.append(character)
            continue
          }
        }
        last = "\(key.code) \(key.modifiers.rawValue)"
      case .paste(let text): last = "pasted \(text)"
      case .mouse(let mouse): last = "\(mouse.kind) \(mouse.position.row) \(mouse.position.column)"
      case .focus, .reply: break
      }
    }
  }
}

do {
  try run()
} catch {
  complain("\(error)\n")
  exit(1)
}
