import App
import Gallery
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
  private var theme = Theme.terminal
  private let worker: EffectRunner
  private let editor: ExternalEditor
  private var state: AppState
  private var drawn: DrawnFrame?
  private var wall: WallClock?
  private var nextTick = SystemClock.monotonicMilliseconds + Self.tick
  private var hasEnded = false
  /// The signal that ended it, which the program passes on when the terminal is given back.
  private var endedBy: Signal?
  /// What is not as the user wants it, said once the screen is up.
  private let notes: [String]

  private static let tick: Int64 = 1000
  /// How long the first frame waits for the pictures it is to show.
  private static let patience = Duration.milliseconds(10)

  /// Opens the interface and stays in it until the user leaves.
  static func run(_ workspace: Workspace) throws -> ExitStatus {
    // Before any thread starts, so that none of them takes a signal in the usual way.
    let signals = try Signals()
    let mailbox = try Mailbox<AppAction>()
    let worker = try EffectRunner(workspace: workspace, mailbox: mailbox)
    var state = AppState(
      providers: workspace.providerItems, provider: workspace.providerName,
      request: workspace.request(), catalogue: workspace.catalogue,
      gallery: workspace.layout.root, home: ThisProcess.homeDirectory)
    // The first pictures are read while the terminal is opened.
    for effect in state.start() { worker.perform(effect) }
    let terminal = try Terminal.open(TerminalOptions(environment: Environment.all))
    defer { terminal.close() }
    var frontEnd = FrontEnd(
      workspace: workspace, signals: signals, mailbox: mailbox, worker: worker, state: state,
      terminal: terminal)
    frontEnd.begin()
    while !frontEnd.hasEnded { try frontEnd.turn() }
    frontEnd.keepDraft()
    return frontEnd.endedBy.map { .signalled($0) } ?? .done
  }

  private init(
    workspace: Workspace, signals: consuming Signals, mailbox: Mailbox<AppAction>,
    worker: EffectRunner, state: AppState, terminal: Terminal
  ) {
    self.signals = signals
    self.mailbox = mailbox
    self.terminal = terminal
    self.worker = worker
    self.state = state
    editor = ExternalEditor(directory: workspace.paths.stateDirectory)
    notes =
      [terminal.note].compactMap(\.self) + workspace.settings.models.faults.map(\.description)
  }

  /// The first frame, before the service is looked for. It has the pictures, unless the disk is slow.
  private mutating func begin() {
    take(.drawingSet(terminal.drawing))
    take(.resized(terminal.size))
    lookAtClock()
    _ = try? Poll.wait(for: [mailbox.descriptor], timeout: Self.patience)
    for action in mailbox.drain() { take(action) }
    draw()
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
    let now = SystemClock.monotonicMilliseconds
    if case .ready(let ready) = outcome {
      if ready.contains(input) { events = terminal.readEvents(at: now) }
      if ready.contains(terminal.outputDescriptor) { terminal.flushOutput() }
      for signal in try signals.drain() { handle(signal) }
    }
    events += terminal.flushInput(at: now)
    if terminal.hasHungUp { hasEnded = true }
    for event in events { handle(event) }
    state.expect(events)
    for event in events { take(.input(event)) }
    for action in mailbox.drain() { take(action) }
    tickIfDue()
    lookAtClock()
    if !hasEnded { draw() }
  }

  /// A night that passed while nothing happened shows in the next frame, and so does a clock that was set.
  private mutating func lookAtClock() {
    guard wall?.isRight != true else { return }
    let now = WallClock.current
    wall = now
    take(.clockSet(now))
  }

  private var timeout: Duration? {
    let tick = state.wantsTicks ? nextTick : nil
    guard let next = [tick, terminal.flushTime].compactMap(\.self).min() else { return nil }
    return .milliseconds(max(0, next - SystemClock.monotonicMilliseconds))
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
    // Only now: what is saved before would be without it.
    if case .draftRestored = action { worker.draftWasTaken() }
  }

  /// Nobody was asked whether to leave: all that was typed is there next time.
  private mutating func keepDraft() {
    if let draft = worker.untakenDraft { _ = state.reduce(.draftRestored(draft)) }
    worker.saveDraftNow(state.draft)
  }

  private mutating func perform(_ effect: AppEffect) {
    switch effect {
    case .quit: hasEnded = true
    case .redraw: repaint()
    case .swapDraft(let draft): take(worker.swapDraft(draft))
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

  /// The terminal says what it is, or what it writes on.
  private mutating func handle(_ event: InputEvent) {
    guard case .reply(let reply) = event else { return }
    take(.drawingSet(terminal.drawing))
    guard case .backgroundColor(let red, let green, let blue) = reply else { return }
    let suiting = Theme.suiting(red: red, green: green, blue: blue)
    guard suiting != theme else { return }
    theme = suiting
    drawn = nil
  }

  private mutating func handle(_ signal: Signal) {
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
    let frame = state.view(size: terminal.size, after: drawn)
    guard frame != drawn?.frame else { return terminal.sendQuestions() }
    terminal.paint(frame, theme: theme)
    terminal.setTitle(frame.title)
    drawn = DrawnFrame(frame, of: state)
  }
}

extension Terminal {
  /// As far as it has answered.
  fileprivate var drawing: DrawingCapabilities {
    DrawingCapabilities(
      usesColor: capabilities.usesColor, drawsSextants: capabilities.drawsSextants)
  }
}
