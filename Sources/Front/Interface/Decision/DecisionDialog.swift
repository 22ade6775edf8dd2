import Jobs
import Screen

/// The question what becomes of a request that was sent and never answered.
struct DecisionDialog: Equatable, Sendable {
  enum Choice: Equatable, Hashable, Sendable, CaseIterable {
    case salvage, arrived, resend, forget, later

    /// - Parameter isFree: whether nobody is paid for the job.
    func title(isFree: Bool) -> String {
      switch self {
      case .salvage: "Take its pictures out of the answer that is kept"
      case .arrived: "It did arrive: take its files into the gallery"
      case .resend: isFree ? "Send it again: it is free" : "Send it again: it is paid anew"
      case .forget:
        isFree ? "Forget it: nothing is paid" : "Forget it: it goes on counting in the budget"
      case .later: "Decide later"
      }
    }
  }

  let job: JobStatus
  private(set) var selected: Choice
  /// Those there are for this job.
  let choices: [Choice]
  /// Whether somebody has decided it meanwhile, or what was named for it was taken in.
  private(set) var isSettled = false
  /// The input for paths, while they are asked for.
  var line: LineInput?

  /// Cells, as last told by `fit`.
  var size = Size(rows: 0, columns: 0)

  /// Whether the service was told to take pictures in and has not answered.
  var isBusy = false

  /// Whether nobody is paid for the job.
  let isFree: Bool

  init(_ job: JobStatus, isFree: Bool = false) {
    self.job = job
    self.isFree = isFree
    choices = Choice.allCases.filter { $0 != .salvage || job.rawReply != nil }
    selected = job.rawReply == nil ? .arrived : .salvage
  }

  /// The row of the selected choice.
  var selectedRow: Int { choices.firstIndex(of: selected) ?? 0 }

  /// Nothing is to be decided any more. The question stays until a key closes it.
  mutating func settle(_ keymap: Keymap) {
    isSettled = true
    isBusy = false
    line?.isBusy = false
    line?.message = Self.settled(keymap)
  }

  static func settled(_ keymap: Keymap) -> String {
    "This is decided now. \(keymap.label(Choice.later.action)) closes it."
  }

  mutating func select(_ choice: Choice) { selected = choice }

  mutating func openInput(_ text: String = "") {
    selected = .arrived
    if line == nil { line = LineInput(label: "Files:", names: .files) }
    if !text.isEmpty { line?.editor.insert(text) }
  }
}
