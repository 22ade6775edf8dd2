import Screen
import Testing

@testable import Terminal

/// Which terminals are taken to have all colours.
struct DirectColorTests {
  @Test(arguments: [
    ["TERM": "xterm-256color", "COLORTERM": "truecolor"],
    ["TERM": "xterm-256color", "COLORTERM": "24bit"], ["TERM": "xterm-kitty"],
    ["TERM": "xterm-ghostty"], ["TERM": "foot-extra"], ["TERM": "alacritty"], ["TERM": "wezterm"],
    ["TERM": "konsole-direct"], ["TERM": "screen-256color", "COLORTERM": "truecolor"],
  ])
  func theEnvironmentMaySaySo(environment: [String: String]) {
    #expect(Capabilities(environment: environment).takesValues)
  }

  @Test(arguments: [
    ["TERM": "xterm-256color"], ["TERM": "xterm-256color", "COLORTERM": "yes"],
    ["TERM": "screen", "COLORTERM": "truecolor", "STY": "1.pts-0"],
    ["TERM": "xterm-kitty", "NO_COLOR": "1"],
  ])
  func otherwiseNothingIsTakenForGranted(environment: [String: String]) {
    #expect(!Capabilities(environment: environment).takesValues)
  }

  @Test(arguments: [
    "kitty(0.41.1)", "WezTerm 20240203", "foot(1.16.2)", "ghostty 1.1.3", "iTerm2 3.5.0",
    "Konsole 22.12.3", "VTE(7003)", "mintty 3.7.0",
  ])
  func aNameSaysIt(name: String) {
    var capabilities = Capabilities(environment: [:])
    #expect(!capabilities.handle(.version(name)).contains(.values))
    #expect(capabilities.takesValues)
  }

  @Test func onlyThoseThatReadItAreAsked() {
    for reply in [TerminalReply.version("XTerm(379)"), .primaryAttributes([64, 1, 2])] {
      var capabilities = Capabilities(environment: [:])
      #expect(capabilities.handle(reply).contains(.values))
      #expect(capabilities.handle(reply).isEmpty)
      #expect(!capabilities.takesValues)
    }
    for reply in [TerminalReply.version("tmux 3.3a"), .primaryAttributes([1, 2]), .other] {
      var capabilities = Capabilities(environment: [:])
      #expect(!capabilities.handle(reply).contains(.values))
    }
  }

  @Test(arguments: [
    ("1$r48;2;1;2;3", true), ("1$r0;48:2:1:2:3", true), ("1$r0;48:2::1:2:3", true),
    ("0$r48:2:1:2:3", true), ("1$r0;48:5:16", false), ("1$r0", false), ("1$r", false),
    ("0$r", false), ("1$r148;2;1;2;3", false),
  ])
  func theColorMustComeBack(answer: String, isConfirmed: Bool) {
    var parser = InputParser()
    var capabilities = Capabilities(environment: [:])
    _ = capabilities.handle(.version("Emulator"))
    for case .reply(let reply) in parser.feed(Array("\u{1B}P\(answer)m\u{1B}\\".utf8)) {
      _ = capabilities.handle(reply)
    }
    #expect(capabilities.takesValues == isConfirmed)
  }
}
