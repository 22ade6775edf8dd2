import Screen
import Testing

@testable import Terminal

/// What terminals are taken to be and to have.
struct CapabilitiesTests {
  @Test(arguments: RecordedTerminal.all)
  func aTerminalIsKnownForWhatItIs(terminal: RecordedTerminal) {
    var capabilities = Capabilities(environment: terminal.environment)
    capabilities.handle(terminal.facts)
    #expect(capabilities.takesValues == terminal.takesValuesAtOnce)
    #expect(capabilities.paletteSize == terminal.facts.colors)
    #expect(capabilities.takesQuestions == terminal.takesQuestions)
    #expect(hear(terminal.answers, &capabilities) == terminal.asked)
    #expect(capabilities.family == terminal.family)
    #expect(capabilities.takesValues == terminal.takesValues)
    #expect(capabilities.drawsSextants == terminal.drawsSextants)
    #expect(capabilities.graphics == terminal.graphics)
    #expect(capabilities.hasKeyboardProtocol == terminal.hasKeyboardProtocol)
    // Nothing is asked twice.
    #expect(hear(terminal.answers, &capabilities) == [])
  }

  @Test(arguments: RecordedTerminal.all)
  func noColorWinsOverEverything(terminal: RecordedTerminal) {
    var capabilities = Capabilities(
      environment: terminal.environment.merging(["NO_COLOR": "1"]) { $1 })
    let asked = hear(terminal.answers, &capabilities)
    #expect(!capabilities.usesColor && !capabilities.takesValues)
    #expect(asked == terminal.asked.filter { $0 != .values })
  }

  @Test func aNewNameIsBelievedMoreThanTheEnvironment() {
    // Started in kitty, which has handed its type on, and attached elsewhere.
    var capabilities = Capabilities(environment: ["TERM": "xterm-kitty"])
    _ = capabilities.handle(.version("foot(1.16.2)"))
    #expect(capabilities.family == .foot && capabilities.graphics == .sixel)
    #expect(capabilities.name == "foot(1.16.2)")
    // A name that nobody knows says nothing against it.
    _ = capabilities.handle(.version("Emulator 1"))
    #expect(capabilities.family == .foot && capabilities.name == "Emulator 1")
  }

  @Test func aTerminalThatWasStartedInAMultiplexerIsNone() {
    var capabilities = Capabilities(environment: [
      "TERM": "xterm-256color", "TMUX": "/tmp/tmux-0/default,7,0", "VTE_VERSION": "7003",
    ])
    #expect(capabilities.family == .tmux && capabilities.drawsSextants)
    _ = capabilities.handle(.version("XTerm(379)"))
    #expect(capabilities.family == .xterm && !capabilities.drawsSextants)
  }

  @Test func whatItSaysOfItselfIsTaken() {
    var capabilities = Capabilities(environment: [:])
    #expect(!capabilities.synchronizesFrames && capabilities.cellSize == nil)
    #expect(hear(["\u{1B}[?2026;2$y", "\u{1B}[6;20;9t"], &capabilities) == [])
    #expect(capabilities.synchronizesFrames)
    #expect(capabilities.cellSize == CellSize(height: 20, width: 9))
    #expect(hear(["\u{1B}[?2026;4$y"], &capabilities) == [])
    #expect(!capabilities.synchronizesFrames)
  }

  @Test func everyFamilyIsKnownBySomethingAndByItself() {
    for family in TerminalFamily.allCases where family != .other {
      let traits = family.traits
      for type in traits.types { #expect(TerminalFamily(type: type) == family) }
      for name in traits.names { #expect(TerminalFamily(name: name.uppercased()) == family) }
      #expect(!traits.types.isEmpty || !traits.names.isEmpty, "\(family)")
      let isAround = !family.isMultiplexer
      for program in traits.programs where isAround {
        #expect(TerminalFamily(variables: ["TERM_PROGRAM": program]) == family)
        #expect(TerminalFamily(variables: ["LC_TERMINAL": program]) == family)
      }
      if let variable = traits.variable, isAround {
        #expect(TerminalFamily(variables: [variable: "1"]) == family)
      }
    }
  }

  private func hear(
    _ answers: [String], _ capabilities: inout Capabilities
  ) -> [Capabilities.Question] {
    var parser = InputParser()
    var asked: [Capabilities.Question] = []
    for case .reply(let reply) in parser.feed(Array(answers.joined().utf8)) {
      asked += capabilities.handle(reply)
    }
    return asked
  }
}
