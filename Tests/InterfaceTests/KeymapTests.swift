import Jobs
import Screen
import Seedream
import Testing

@testable import Interface

@Suite("Keymap")
struct KeymapTests {
  @Test(arguments: KeyContext.allCases)
  func noKeyHasTwoMeaningsInAContext(context: KeyContext) {
    let sequences = ActionRegistry.actions(in: context).flatMap(\.keys)
    #expect(Set(sequences).count == sequences.count)
    for one in sequences {
      for other in sequences where one != other {
        #expect(
          !other.keys.starts(with: one.keys), "\(one.label) hides \(other.label) in \(context)")
      }
    }
  }

  /// What is on the screen decides which keys work; no binding may be out of reach behind another.
  @Test func everyActionCanBeReached() {
    var reached: Set<ActionID> = []
    for contexts in Self.situations {
      for context in contexts {
        for action in ActionRegistry.actions(in: context) {
          for sequence in action.keys
          where Keymap.standard.match(sequence.keys, in: contexts) == .action(action.id) {
            reached.insert(action.id)
          }
        }
      }
    }
    for action in ActionRegistry.all {
      #expect(reached.contains(action.id), "\(action.summary)")
    }
  }

  /// In a text, a plain letter must never be a command.
  @Test func lettersAreFreeWhereTextIsTyped() {
    for contexts in Self.situations where contexts.contains(.text) {
      for letter in "abcdefghijklmnopqrstuvwxyz?/0123456789 汉" {
        #expect(Keymap.standard.match([Key(.character(letter))], in: contexts) == .nothing)
      }
    }
  }

  @Test(arguments: ["Alt-Enter", "Ctrl-G", "Ctrl-Enter"])
  func sendingWorksFromEveryPane(key: String) {
    for pane in Pane.allCases {
      var session = Session()
      session.type("fog")
      session.state.focus = pane
      session.press(key)
      #expect(session.sent.map(\.prompt) == ["fog"])
    }
  }

  @Test func aPrefixWaitsForItsSecondKey() {
    var session = Session()
    session.type("fog")
    session.press("Ctrl-X")
    #expect(session.effects == [])
    session.press("Ctrl-E")
    #expect(session.effects == [.openEditor("fog")])
    session.press("Ctrl-X", "z")
    #expect(session.effects == [])
    #expect(session.state.compose.prompt.editor.text == "fog")
  }

  @Test func aShiftedLetterIsTheCapitalOne() {
    let down = Keymap.standard.match([Key(.character("J"), .shift)], in: [.references])
    #expect(down == .action("reference.down"))
  }

  @Test func anotherScriptsKeyInTheSamePlaceIsTheCommand() {
    var session = Session()
    session.type("ф")
    #expect(session.state.compose.prompt.editor.text == "ф")
    session.press("Alt-3", "ф")
    #expect(session.state.compose.references.line != nil)
  }

  @Test func namesReadLikeKeys() {
    #expect(KeySequence.key(.enter, .alt).label == "Alt-Enter")
    #expect(KeySequence.control("g").label == "Ctrl-G")
    #expect(KeySequence.plain("g").label == "g")
    #expect(
      KeySequence([Key(.character("x"), .control), Key(.up, .shift)]).label == "Ctrl-X Shift-↑")
  }

  @Test func hintsComeFromTheTableAndGiveWayWithRoom() {
    let facts = HintLine.Facts(contexts: [.history, .list, .studio, .always], jobs: 0)
    let wide = HintLine(for: facts, columns: 200)
    #expect(wide.hints.map(\.text).contains("reference"))
    let narrow = HintLine(for: facts, columns: 46)
    #expect(narrow.hints.map(\.text) == ["send", "help", "quit"])
    let none = HintLine(for: facts, columns: 0)
    #expect(none.hints.isEmpty)
  }

  @Test func quittingWithJobsSaysThatTheyGoOn() {
    var session = Session()
    #expect(!session.shows("jobs go on"))
    session.happens(.jobReported(Sample.job("k7f2")))
    #expect(session.shows("Ctrl-Q quit (jobs go on)"))
  }

  @Test func helpNamesEveryBinding() {
    let page = HelpPage(for: [.prompt, .text, .studio, .always])
    let shown = page.lines.compactMap { line in
      if case .binding(let keys, let help) = line { (keys, help) } else { nil }
    }
    for action in ActionRegistry.all {
      #expect(
        shown.contains { $0.1 == action.summary && $0.0.contains(action.keys[0].label) },
        "\(action.summary)")
    }
    #expect(page.lines.first == .heading("Prompt"))
  }

  static let situations: [[KeyContext]] = sessions.map(\.state.contexts)

  /// Everything that can have the keys.
  static let sessions: [Session] = {
    var session = Session()
    var found: [Session] = []
    for pane in Pane.allCases {
      session.state.focus = pane
      found.append(session)
    }
    session.state.focus = .parameters
    session.press("Enter")
    found.append(session)
    session.press("Esc", "e")
    found.append(session)
    session.press("Esc", "F1")
    found.append(session)
    session.happens(
      .jobsListed([Sample.waiting("k7f3", 0, "a lake"), Sample.job("j2p8", .unknown(.open))]))
    session.press("Esc", "Alt-4", "End")
    found.append(session)
    var split = Session()
    split.happens(.historyLoaded([Sample.split("sp", layers: 2)], total: 1))
    split.press("Alt-4")
    found.append(split)
    session.press("Home")
    found.append(session)
    session.press("Enter")
    found.append(session)
    session.press("a")
    found.append(session)
    return found
  }()
}
