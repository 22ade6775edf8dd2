import Interface
import Posix
import Screen
import Settings
import Terminal

/// The terminal interface, from its first frame to the terminal given back.
///
/// Lives on the main thread, which sleeps in `poll` and does nothing else; everything slow happens
/// elsewhere and comes back through the mailbox.
struct FrontEnd: ~Copyable {
  private let signals: Signals
  private let mailbox: Mailbox<AppAction>
  private let terminal: Terminal
  private let theme = Theme.terminal
  private let worker: EffectRunner
  private let editor: ExternalEditor
  private var state: AppState
  private var drawn: Frame?
  private var nextTick = SystemClock.monotonicMilliseconds
  private var hasEnded = false
  /// The signal that ended it, which the program passes on when the terminal is given back.
  private var endedBy: Signal?
  /// What is not as the person wants it, said once the screen is up.
  private let notes: [String]

  /// How long a lone Escape waits for the rest of a sequence, in milliseconds.
  private static let escapeDelay = 30
  private static let tick: Int64 = 1000

  /// Opens the interface and stays in it until the person leaves.
  static func run(_ workspace: Workspace) throws -> ExitStatus {
    // Before any thread starts, so that none of them takes a signal in the usual way.
    let signals = try Signals()
    let terminal = try Terminal.open(TerminalOptions(environment: Environment.all))
    defer { terminal.close() }
    var frontEnd = try FrontEnd(
      workspace: workspace, signals: signals, mailbox: try Mailbox(), terminal: terminal)
    frontEnd.begin()
    while !frontEnd.hasEnded { try frontEnd.turn() }
    frontEnd.worker.saveDraftNow(frontEnd.state.draft)
    return frontEnd.endedBy.map { .signalled($0) } ?? .done
  }

  private init(
    workspace: Workspace, signals: consuming Signals, mailbox: Mailbox<AppAction>,
    terminal: Terminal
  ) throws {
    self.signals = signals
    self.mailbox = mailbox
    self.terminal = terminal
    worker = try EffectRunner(workspace: workspace, mailbox: mailbox)
    editor = ExternalEditor(directory: workspace.places.stateDirectory)
    state = AppState(
      providers: workspace.providerItems, provider: workspace.providerName,
      request: workspace.request(), catalogue: workspace.catalogue, home: ThisProcess.homeDirectory)
    notes =
      [terminal.note].compactMap(\.self) + workspace.settings.models.faults.map(\.description)
  }

  /// The first frame, before anybody is asked anything.
  private mutating func begin() {
    take(.resized(terminal.size))
    draw()
    for effect in state.start() { perform(effect) }
    if !notes.isEmpty { take(.noticed(Notice(.warning, notes.joined(separator: " ")))) }
    worker.start()
  }

  /// One turn: sleep, take in all that came, draw once.
  private mutating func turn() throws {
    let input = terminal.inputDescriptor
    let outcome = try Poll.wait(
      for: [input, signals.descriptor, mailbox.descriptor],
      writable: terminal.isBehind ? [terminal.outputDescriptor] : [], timeout: timeout)
    var events: [InputEvent] = []
    switch outcome {
    case .ready(let ready):
      if ready.contains(input) { events = terminal.readEvents() }
      if ready.contains(terminal.outputDescriptor) { terminal.flushOutput() }
      for signal in try signals.drain() { heed(signal) }
    case .timedOut: if terminal.needsFlush { events = terminal.flushInput() }
    case .interrupted: break
    }
    if terminal.hasHungUp { hasEnded = true }
    for event in events { take(.input(event)) }
    for action in mailbox.drain() { take(action) }
    tickIfDue()
    if !hasEnded { draw() }
  }

  private var timeout: Duration? {
    if terminal.needsFlush { return .milliseconds(Self.escapeDelay) }
    guard state.wantsTicks else { return nil }
    return .milliseconds(max(0, nextTick - SystemClock.monotonicMilliseconds))
  }

  private mutating func tickIfDue() {
    let now = SystemClock.monotonicMilliseconds
    guard state.wantsTicks else {
      nextTick = now + Self.tick
      return
    }
    guard now >= nextTick else { return }
    nextTick = now + Self.tick
    take(.ticked(now: Double(now) / 1000))
  }

  private mutating func take(_ action: AppAction) {
    let time = Double(SystemClock.monotonicMilliseconds) / 1000
    for effect in state.reduce(action, at: time) { perform(effect) }
  }

  private mutating func perform(_ effect: AppEffect) {
    switch effect {
    case .quit: hasEnded = true
    case .redraw: repaint()
    case .suspend:
      terminal.suspend()
      afterAbsence()
    case .openEditor(let text):
      terminal.leave()
      let result = editor.edit(text)
      terminal.enter()
      afterAbsence()
      switch result {
      case .success(let text): take(.editorReturned(text))
      case .failure(let problem): take(.noticed(Notice(.error, problem.message)))
      }
    default: worker.perform(effect)
    }
  }

  private mutating func heed(_ signal: Signal) {
    switch signal {
    case .windowChange: afterAbsence()
    case .terminate, .hangUp, .quit, .interrupt:
      hasEnded = true
      endedBy = signal
    case .brokenPipe: break
    case .terminalStop:
      terminal.suspend()
      afterAbsence()
    case .continue: repaint()
    }
  }

  /// The terminal may have another size now.
  private mutating func afterAbsence() {
    terminal.handleResize()
    take(.resized(terminal.size))
    drawn = nil
  }

  private mutating func repaint() {
    terminal.repaint()
    drawn = nil
  }

  /// A line that is behind is caught up with first: it need not be told what is out of date by then.
  private mutating func draw() {
    guard !terminal.isBehind else { return }
    let frame = state.view(size: terminal.size)
    guard frame != drawn else { return }
    terminal.paint(frame.canvas, cursor: frame.cursor, theme: theme)
    terminal.setTitle(frame.title)
    drawn = frame
  }
}
