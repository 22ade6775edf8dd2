import Screen

/// The question before something is paid for that may not be meant. Only a second press answers it, and
/// only of a key that was let go in between: one held down asks and never pays.
struct Confirmation: Equatable, Sendable {
  enum Question: Equatable, Sendable {
    case send(PendingSends.Order)
    case retry(jobID: String)
    /// Ending a job early whose request has left.
    case cancel(jobID: String)
    /// Adding a picture to the references that is one already.
    case reference(String)
    /// Replacing the request of a job that was changed elsewhere.
    case overwrite(PendingSends.Order, jobID: String)
    case cancelAll(Set<String>)
    /// Leaving the edited request of a job, which is dropped; with the program where `isQuit`.
    case leaveEdit(jobID: String, isQuit: Bool)
  }

  /// Seconds below which two presses belong to a series, which is a key held down: keyboards repeat ten
  /// times a second or more.
  private static let repetition = 0.3
  /// Seconds without its key before an answer. Terminals do not tell a press from a repetition, and the first
  /// one comes late: after 0.25 to 0.66 s as keyboards come, after up to 1 s (Windows), 1.8 s (macOS) and
  /// 2 s (GNOME) as they can be set.
  static let pause = 2.1

  /// What is asked, as it stands on the message line.
  private(set) var notice: Notice?
  private var question: Question?
  /// Seconds on the clock of `AppState.reduce`.
  private var pressedAt = -Double.infinity

  /// Takes in a press.
  ///
  /// - Parameters:
  ///   - isNeeded: whether a first press only asks.
  ///   - shown: what is on the message line now; a question out of sight is asked anew.
  ///   - isHurried: whether the key came more than once with the same read: however late, in a series.
  /// - Returns: whether the press does what its key is for; else `notice` is to be shown.
  mutating func pressed(
    _ question: Question, asking sentence: String, isNeeded: Bool, shown: Notice?,
    isHurried: Bool = false, at time: Double
  ) -> Bool {
    let isSame = question == self.question
    let silence = isHurried ? 0 : time - pressedAt
    let isAsked = isSame && notice != nil && notice == shown
    let isSoon = silence < Self.pause
    self.question = question
    pressedAt = time
    guard isSame && silence < Self.repetition || isNeeded && (!isAsked || isSoon) else {
      notice = nil
      return true
    }
    notice = Notice(.warning, isAsked && isSoon ? "\(sentence) \(Self.tooSoon)" : sentence)
    return false
  }

  private static let tooSoon = "That was too soon: wait two seconds first."

  /// Whether it is asked whether to leave something unfinished.
  var isAboutLeaving: Bool {
    if notice != nil, case .leaveEdit? = question { true } else { false }
  }

  /// The jobs that the question named which is asked now.
  var jobsToCancel: Set<String>? {
    guard notice != nil, case .cancelAll(let ids)? = question else { return nil }
    return ids
  }

  /// Another key was pressed: it takes the question back.
  mutating func dropped() { notice = nil }
}

/// A key whose action may have to ask first, and may be the answer to what was asked.
struct Press {
  let keymap: Keymap
  var confirmation: Confirmation
  /// What is on the message line; nil where nothing can be read there.
  let shown: Notice?
  /// Whether the key was held down, or typed ahead.
  let isHurried: Bool
  /// Seconds on the clock of `AppState.reduce`.
  let time: Double
  /// The question that it leads to.
  private(set) var asked: Notice?

  /// Whether the press does what its key is for; else the question is asked.
  ///
  /// - Parameter isNeeded: whether a first press only asks.
  mutating func confirms(
    _ question: Confirmation.Question, asking sentence: String, isNeeded: Bool = true
  ) -> Bool {
    let isConfirmed = confirmation.pressed(
      question, asking: sentence, isNeeded: isNeeded, shown: shown, isHurried: isHurried, at: time)
    asked = confirmation.notice
    return isConfirmed
  }
}

extension AppState {
  private var isNoticeReadable: Bool {
    let layout = layout
    return layout.message.columns >= 10
      && message.isReadable(
        in: layout.message, room: layout.messageRoom, standing: standingNotice)
  }

  /// Has something done that may have to ask first: the question is on the message line then.
  mutating func pressing<R>(_ body: (inout AppState, inout Press) -> R) -> R {
    var press = Press(
      keymap: keymap, confirmation: confirmation,
      // A question that cannot be read cannot be answered.
      shown: isNoticeReadable ? message.notice : nil,
      isHurried: keyboard.isHurried, time: clock)
    let result = body(&self, &press)
    confirmation = press.confirmation
    if let asked = press.asked {
      message.show(asked)
      if !isNoticeReadable { message.show(Notice(.warning, "Enlarge the window to be asked.")) }
    }
    return result
  }
}
