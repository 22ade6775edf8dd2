import Screen

/// The question what becomes of a request that was sent and never answered.
struct DecisionDialog: Equatable, Sendable {
  enum Choice: Int, Equatable, Hashable, Sendable, CaseIterable {
    case arrived, resend, forget, later

    var key: String {
      switch self {
      case .arrived: "a"
      case .resend: "R"
      case .forget: "f"
      case .later: "Esc"
      }
    }

    var title: String {
      switch self {
      case .arrived: "It did arrive: take its files into the gallery"
      case .resend: "Send it again: it is paid anew"
      case .forget: "Forget it: it goes on counting in the budget"
      case .later: "Decide later"
      }
    }
  }

  let job: JobItem
  private(set) var selected = Choice.arrived
  /// Whether somebody has decided it meanwhile, or what was named for it was taken in.
  private(set) var isSettled = false
  /// The input for paths, while they are asked for.
  var input: LineInput?

  init(_ job: JobItem) { self.job = job }

  mutating func step(_ step: ListStep) {
    let last = Choice.allCases.count - 1
    let row =
      switch step {
      case .up: selected.rawValue - 1
      case .down: selected.rawValue + 1
      case .first, .pageUp: 0
      case .last, .pageDown: last
      }
    selected = Choice(rawValue: min(max(0, row), last)) ?? selected
  }

  /// Nothing is to be decided any more. The question stays until a key closes it.
  mutating func settle() {
    isSettled = true
    input?.isBusy = false
    input?.message = Self.settled
  }

  static let settled = "This is decided now. Esc closes it."

  mutating func select(_ choice: Choice) { selected = choice }

  mutating func openInput(_ text: String = "") {
    selected = .arrived
    if input == nil { input = LineInput(label: "Files:") }
    if !text.isEmpty { input?.editor.insert(text) }
  }
}
