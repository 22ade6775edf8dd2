import Jobs
import Screen
import Testing

@testable import Interface

/// Another key for an action is another key everywhere: what it does, the hints, the help and every
/// sentence follow from the registry.
@Suite("Remapping")
struct RemapTests {
  private static let key = KeySequence.key(.function(12))

  @Test func everyActionHasANameOfItsOwnAndASentence() {
    #expect(Set(ActionRegistry.all.map(\.id)).count == ActionRegistry.all.count)
    for action in ActionRegistry.all {
      #expect(!action.title.isEmpty && !action.summary.isEmpty && !action.keys.isEmpty)
      #expect(action.id.rawValue.contains("."), "\(action.id.rawValue)")
    }
  }

  @Test(arguments: ActionRegistry.all.map(\.id))
  func theNewKeyDoesWhatTheOldOneDid(id: ActionID) throws {
    let action = try #require(ActionRegistry[id])
    let (session, old) = try Self.situation(action)
    let keymap = Keymap([id: [Self.key]])
    for sequence in action.keys {
      #expect(keymap.match(sequence.keys, in: [action.context]) != .action(id))
    }
    var before = session
    var after = session
    after.state.keymap = keymap
    Self.press(old, on: &before)
    Self.press(Self.key, on: &after)
    #expect(after.effects == before.effects)
    #expect(after.state.contexts == before.state.contexts)
    #expect(after.state.focus == before.state.focus)
    #expect(after.state.layers.layers.count == before.state.layers.layers.count)
    #expect(after.state.compose.prompt == before.state.compose.prompt)
    #expect(after.state.compose.parameters == before.state.compose.parameters)
    #expect(after.state.compose.references == before.state.compose.references)
    let told = after.state.message.notice?.text.replacing("F12", with: action.keys[0].label)
    #expect(told == before.state.message.notice?.text)
    // What names keys names the same ones again.
    after.state.keymap = before.state.keymap
    #expect(after.lines == before.lines && after.chosen == before.chosen)
    #expect(after.number == before.number && after.total == before.total)
    // Nor does anything differ that is not in sight: what was taken off, is held, waits for a page, or is open.
    #expect(after.state.picturesPane == before.state.picturesPane)
  }

  @Test(arguments: ActionRegistry.all.map(\.id))
  func hintsAndHelpNameTheNewKey(id: ActionID) throws {
    let action = try #require(ActionRegistry[id])
    let contexts = try Self.situation(action).session.state.contexts
    let keymap = Keymap([id: [Self.key]])
    let isShown = HelpPage(for: contexts, keymap).lines.contains { line in
      guard case .binding(let keys, let help) = line else { return false }
      return help == action.summary && keys.contains("F12")
    }
    #expect(isShown)
    guard let text = action.hint else { return }
    let hints = HintLine(for: .init(contexts: contexts, jobs: 0), columns: 1000, keymap).hints
    #expect(hints.contains { $0.text == text && $0.key.contains("F12") })
  }

  /// A situation in which a sentence names the key of an action.
  struct Saying: Sendable {
    let id: ActionID
    let sentence: String
    let happens: @Sendable (inout Session) -> Void
  }

  @Test(arguments: sayings.indices)
  func sentencesNameTheNewKey(index: Int) throws {
    let saying = Self.sayings[index]
    let label = try #require(ActionRegistry[saying.id]?.keys.first?.label)
    for (keymap, key) in [(Keymap.standard, label), (Keymap([saying.id: [Self.key]]), "F12")] {
      var session = Session()
      session.state.keymap = keymap
      session.happens(.serviceConnected)
      saying.happens(&session)
      let sentence = saying.sentence.replacing("KEY", with: key)
      let words = session.screen.joined(separator: " ").split { " │┃".contains($0) }
        .joined(separator: " ")
      #expect(
        words.contains(sentence), "\(sentence), not:\n\(session.screen.joined(separator: "\n"))")
    }
  }

  private static let sayings: [Saying] = [
    Saying(id: .send, sentence: "press KEY.") { $0.happens(.historyLoaded([], total: 0)) },
    Saying(id: .back, sentence: "KEY closes") { $0.press("F1") },
    Saying(id: .down, sentence: "KEY more") { $0.press("F1") },
    Saying(id: .back, sentence: "Nothing is sent from here: KEY closes") { session in
      session.press("F1", "Ctrl-G")
    },
    Saying(id: .interrupt, sentence: "Press KEY again to quit.") { session in
      press(session.state.keymap.keys(of: .interrupt), on: &session)
    },
    Saying(id: .undoEdit, sentence: "KEY takes it back.") { session in
      session.happens(.historyLoaded(Sample.pictures(2), total: 2))
      session.press("F5", "p")
    },
    Saying(id: .addReference, sentence: "Press KEY to add") { _ in },
    Saying(id: .acceptLine, sentence: "then KEY") { $0.press("F4", "a") },
    Saying(id: .acceptLine, sentence: "KEY takes what is typed") { session in
      session.press("F5", "/", "Tab")
    },
    Saying(id: .editReference, sentence: "the list KEY corrects it") { refuseReference(&$0) },
    Saying(id: .removeReference, sentence: "KEY removes it") { refuseReference(&$0) },
    Saying(id: .swapDraft, sentence: "KEY brings it here") { session in
      session.happens(.otherDraftFound(words: "a lake"))
    },
    Saying(id: .goToHistory, sentence: "until KEY P lets it go on") { session in
      session.happens(.queueReported(QueueStatus(isPaused: true)))
    },
    Saying(id: .pauseQueue, sentence: "queue paused (F5 KEY)") { session in
      session.happens(.queueReported(QueueStatus(isPaused: true)))
    },
    Saying(id: .goToPrompt, sentence: "(KEY) and paste again") { session in
      session.press("F3")
      session.happens(.input(.paste("fog")))
    },
    Saying(id: .decide, sentence: "F5 Home KEY decides") { unknown(&$0) },
    Saying(id: .firstRow, sentence: "F5 KEY Enter decides") { unknown(&$0) },
    Saying(id: .goToHistory, sentence: "KEY Home Enter decides") { unknown(&$0) },
    Saying(id: .decide, sentence: "KEY decides what becomes of it") { session in
      unknown(&session)
      session.press("F5", "Home", "x")
    },
    Saying(id: .takeChoice, sentence: "Press KEY again to pay anew") { session in
      unknown(&session)
      session.press("F5", "Home", "Enter", "↓")
      press(session.state.keymap.keys(of: .takeChoice), on: &session)
    },
    Saying(id: "decision.resend", sentence: "KEY Send it again") { session in
      unknown(&session)
      session.press("F5", "Home", "Enter")
    },
    Saying(id: "decision.later", sentence: "This is decided now. KEY closes it.") { session in
      unknown(&session)
      session.press("F5", "Home", "Enter")
      session.happens(.jobReported(Sample.job("j2p8", .done)))
    },
    Saying(id: .back, sentence: "KEY goes back") { session in
      unknown(&session)
      session.press("F5", "Home", "Enter", "a")
    },
    Saying(id: .cancelJob, sentence: "is not over: KEY cancels it") { session in
      session.happens(.jobReported(Sample.job("k7f2")))
      session.press("F5", "Home", "x")
    },
    Saying(id: .cancelAllJobs, sentence: "Press KEY again to cancel 1 job") { session in
      session.happens(.jobReported(Sample.job("k7f2")))
      session.press("F5")
      press(session.state.keymap.keys(of: .cancelAllJobs), on: &session)
    },
    Saying(id: .retryJob, sentence: "Press KEY again to pay anew") { session in
      unknown(&session)
      session.press("F5", "Home")
      press(session.state.keymap.keys(of: .retryJob), on: &session)
    },
    Saying(id: .undoTrash, sentence: "KEY takes it back") { session in
      session.happens(.historyLoaded(Sample.pictures(2), total: 2))
      session.press("F5", "d")
      session.happens(.pictureTrashed(id: "p2-1"))
    },
    Saying(id: .search, sentence: "Press KEY to search") { session in
      session.press("F5")
      press(session.state.keymap.keys(of: .search), on: &session)
      session.press("x", "Enter")
      session.happens(.historyLoaded([], total: 0))
    },
    Saying(id: .back, sentence: "KEY in the prompt leaves it.") { session in
      session.happens(
        .jobsListed([Sample.waiting("k7f3", 0, "a lake"), Sample.waiting("k7f4", 1, "a sea")]))
      session.press("F5", "Home", "e", "F5", "e")
    },
  ]

  private static func refuseReference(_ session: inout Session) {
    session.press("F4", "a", "x", "Enter")
    if let token = session.inspections.first?.token {
      session.happens(.referenceRefused(token: token, message: "It is not there."))
    }
  }

  private static func unknown(_ session: inout Session) {
    session.happens(.jobsListed([Sample.job("j2p8", .unknown(.open))]))
  }

  /// A session in which the action's own keys do what they are for, and one of them.
  private static func situation(_ action: Action) throws -> (session: Session, KeySequence) {
    for session in KeymapTests.sessions where session.state.contexts.contains(action.context) {
      let reached = action.keys.first {
        Keymap.standard.match($0.keys, in: session.state.contexts) == .action(action.id)
      }
      if let reached { return (session, reached) }
    }
    throw Unreachable(id: action.id)
  }

  private struct Unreachable: Error {
    let id: ActionID
  }

  private static func press(_ keys: KeySequence?, on session: inout Session) {
    session.effects = []
    for key in keys?.keys ?? [] {
      session.effects += session.state.reduce(.input(.key(key)), at: session.time)
    }
  }
}

extension Keymap {
  /// The first keys of an action.
  fileprivate func keys(of id: ActionID) -> KeySequence? {
    ActionRegistry[id].flatMap { keys(of: $0).first }
  }
}
