import CRestore
import Glibc
package import Screen

/// The terminal the program was started in: drawn on by `paint`, read by `readEvents`, given back
/// as it was found however the program ends.
///
/// There is one at a time, and one thread owns it: the one that opened it. Nothing here waits, except
/// that giving the terminal back waits a second for a line that takes no bytes.
package final class Terminal {
  /// In cells. At least 1×1.
  package private(set) var size: Size
  /// A sentence about something that is not as it should be, such as an unknown terminal type.
  package let note: String?
  /// Whether the line is gone, as when the connection broke: nobody will type or see anything again.
  package private(set) var hasHungUp = false

  private var line: TTY
  private var painter: Painter
  private var parser: InputParser
  private var modes: ModeSequences
  /// What it can do, as far as is known by now.
  package private(set) var capabilities: Capabilities
  private let capturesErrors: Bool
  private let farewell: String
  private var isUp = false
  private var isOpen = true
  /// To be sent behind the next frame.
  private var postscript: String
  /// When something was last read, in milliseconds on the caller's clock.
  private var lastInput: Int64 = 0
  private var title = ""

  /// Takes the terminal: own screen, raw input, mouse, paste and focus reports.
  ///
  /// The first frame can be painted at once; what the terminal can do is asked behind it and answered
  /// by events.
  package static func open(_ options: TerminalOptions) throws(TerminalError) -> Terminal {
    try Terminal(options)
  }

  private init(_ options: TerminalOptions) throws(TerminalError) {
    let wanted = options.capabilities.type
    guard !["", "dumb", "unknown"].contains(wanted) else {
      throw TerminalError(
        code: .incapable,
        message:
          "This terminal (TERM=\(DisplayText.visible(wanted))) cannot place its cursor: "
          + "use `darkroom generate`, which needs no screen.")
    }
    line = try TTY(device: options.device)
    useUTF8()
    let entry: CursesScreen.Entry
    (entry, note) = try Self.chooseType(options.capabilities, output: line.output)
    capabilities = options.capabilities
    capabilities.handle(entry.facts)
    modes = ModeSequences(mouse: options.mouse)
    postscript = capabilities.takesQuestions ? ModeSequences.questions : ""
    capturesErrors = options.capturesErrors
    farewell = options.images.clearing + entry.farewell
    size = line.size ?? Size(rows: 24, columns: 80)

    let problem = restore_remember(line.output)
    guard problem == 0 else {
      throw TerminalError(code: .system(problem), message: "The terminal's modes cannot be read.")
    }
    parser = InputParser(backspace: restore_erase_character())
    Self.setFarewell(modes, farewell)
    restore_arm()  // Before anything is changed: whatever happens from here on is undone.
    do {
      painter = Painter(
        screen: try CursesScreen(type: entry.facts.type, size: size),
        usesColor: capabilities.usesColor, writesValues: capabilities.takesValues,
        driver: options.images)
    } catch {
      _ = restore_modes()
      restore_disarm()
      throw error
    }
    _ = restore_set_raw()
    line.write(modes.entering)
    if capturesErrors { restore_capture_errors() }
    isUp = true
  }

  deinit { close() }

  // MARK: - Output

  /// Shows a frame but for its title; what is already on the screen is not sent again. Input methods and screen
  /// readers follow its cursor.
  package func paint(_ frame: Frame, theme: Theme) {
    guard isUp else { return }
    painter.paint(
      frame, theme: theme, size: size, isSynchronized: capabilities.synchronizesFrames, on: &line)
    sendQuestions()
  }

  /// Asks what is to be asked behind all that was painted, where no frame is.
  package func sendQuestions() {
    guard isUp, !postscript.isEmpty else { return }
    line.write(postscript)
    postscript = ""
  }

  /// Whether something painted has not gone out yet, because the line takes its bytes slowly or, as
  /// when it is frozen, none. Nothing should be painted until `flushOutput()` has caught up: what is out
  /// of date by then need never be sent.
  package var isBehind: Bool { line.isBehind }

  /// Writable when `flushOutput()` can get on; for poll(2), not for writing.
  package var outputDescriptor: Int32 { line.output }

  /// Writes what the line takes of what it owes. Never waits.
  package func flushOutput() { line.flush() }

  /// Names the window; the name before comes back with `close()`. Invisible characters are shown.
  package func setTitle(_ text: String) {
    let clean = DisplayText.truncated(DisplayText.visible(text), to: 100)
    guard isUp, clean != title, capabilities.takesQuestions else { return }
    if !modes.hasTitle {
      modes.hasTitle = true
      Self.setFarewell(modes, farewell)
      line.write(ModeSequences.saveTitle)
    }
    title = clean
    line.write("\u{1B}]2;\(clean)\u{1B}\\")
  }

  /// Takes up the size of the line, to be called on SIGWINCH. The next frame is painted whole.
  /// - Returns: whether it changed.
  @discardableResult
  package func handleResize() -> Bool {
    guard let now = line.size, now != size else { return false }
    size = now
    guard isUp else { return true }
    painter.resize(to: now)
    painter.invalidate()
    return true
  }

  /// Trusts nothing of what is on the screen: the next frame is painted whole.
  package func repaint() {
    painter.invalidate()
  }

  // MARK: - Input

  /// Readable when there is input; for poll(2), not for reading.
  package var inputDescriptor: Int32 { line.input }

  /// All that has come in; empty when nothing has. Never waits.
  /// - Parameter time: now, in milliseconds on a clock that never goes back.
  package func readEvents(at time: Int64) -> [InputEvent] {
    guard isUp else { return [] }
    guard let bytes = line.read() else {
      hasHungUp = true
      return []
    }
    if !bytes.isEmpty { lastInput = time }
    return handle(parser.feed(bytes))
  }

  /// When held back bytes are to be taken for what they are on their own, on the clock of `readEvents`:
  /// ESC for the key Escape, a paste without its end for all there is of it. Nil while nothing is held back.
  package var flushTime: Int64? { parser.flushDelay.map { lastInput + Int64($0) } }

  /// Takes them so, if the time has come and nothing more was read before it.
  package func flushInput(at time: Int64) -> [InputEvent] {
    guard let due = flushTime, time >= due else { return [] }
    return handle(parser.flush())
  }

  // MARK: - Coming and going

  /// Gives screen and line to somebody else, such as an editor, as they were before `open`.
  package func leave() {
    guard isUp else { return }
    isUp = false
    line.write(modes.leaving)
    line.write(painter.leave())
    line.write(modes.left)
    line.finish()
    _ = restore_modes()
    restore_disarm()
    restore_release_errors()
  }

  /// Takes them back with the next frame, which is painted whole and should follow at once.
  package func enter() {
    guard isOpen, !isUp else { return }
    isUp = true
    restore_arm()
    handleResize()
    painter.resize(to: size)
    painter.invalidate()
    _ = restore_set_raw()
    line.write(modes.entering)
    postscript += modes.entered
    if capturesErrors { restore_capture_errors() }
    parser = InputParser(backspace: restore_erase_character())
    if modes.hasTitle {
      let again = title
      title = ""
      line.write(ModeSequences.saveTitle)
      setTitle(again)
    }
  }

  /// Leaves the terminal to the shell until the job is continued, as Control-Z does.
  package func suspend() {
    leave()
    stopOwnJob()
    enter()
  }

  /// Gives the terminal back for good. Called once more, it does nothing.
  package func close() {
    leave()
    isOpen = false
  }

  // MARK: - Private

  /// Acts on answers that concern the terminal itself; everything goes on to the caller.
  private func handle(_ events: [InputEvent]) -> [InputEvent] {
    // A terminal that went from light to dark did so while the user was elsewhere.
    if events.contains(.focus(true)), capabilities.takesQuestions, postscript.isEmpty {
      postscript = ModeSequences.backgroundQuestion
    }
    for case .reply(let reply) in events {
      for question in capabilities.handle(reply) { line.write(ModeSequences.text(of: question)) }
      if capabilities.hasKeyboardProtocol && !modes.hasKeyboardProtocol {
        modes.hasKeyboardProtocol = true
        Self.setFarewell(modes, farewell)
        line.write(ModeSequences.keyboardOn)
      }
      if case .mode(let mode, let state) = reply, mode != 2026 {
        line.write(modes.answer(toMode: mode, state: state))
        Self.setFarewell(modes, farewell)
      }
    }
    if isUp && capabilities.takesValues {
      painter.writeValues(
        size: size, isSynchronized: capabilities.synchronizesFrames, on: &line)
    }
    return events
  }

  private static func setFarewell(_ modes: ModeSequences, _ farewell: String) {
    let bytes = Array((modes.leaving + farewell + modes.left).utf8)
    unsafe bytes.withUnsafeBytes { buffer in
      let characters = unsafe buffer.bindMemory(to: CChar.self)
      if let start = characters.baseAddress { unsafe restore_set_bytes(start, buffer.count) }
    }
  }

  /// The type to use, and a note when it is not the one that was asked for.
  private static func chooseType(
    _ capabilities: Capabilities, output: Int32
  ) throws(TerminalError) -> (entry: CursesScreen.Entry, note: String?) {
    let type = capabilities.type
    if let entry = CursesScreen.entry(type, output: output) { return (entry, nil) }
    let own = TerminalFamily(type: type)
    let multiplexer = own.isMultiplexer ? [own.rawValue + "-256color"] : []
    let shown = DisplayText.visible(type)
    for candidate in multiplexer + ["xterm-256color", "xterm", "vt100"] {
      guard let entry = CursesScreen.entry(candidate, output: output) else { continue }
      // Nothing is lost then, so there is nothing to say.
      if capabilities.resemblesXterm { return (entry, nil) }
      return (entry, "The terminal type “\(shown)” is not known here; using \(candidate).")
    }
    throw TerminalError(
      code: .incapable,
      message:
        "The terminal type “\(shown)” is not known here, nor any other: install ncurses-base, "
        + "or use `darkroom generate`.")
  }
}

extension Terminal {
  /// Whether the terminfo database has an entry for a type of terminal.
  package static func knows(type: String) -> Bool {
    CursesScreen.entry(type, output: STDOUT_FILENO) != nil
  }
}
