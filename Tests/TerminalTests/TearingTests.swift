import Interface
import Paging
import Screen
import Seedream
import Terminal
import TestSupport
import Testing

extension OwnTerminalTests {
  /// What is on the screen is what the state says: after any events the same as after a full repaint.
  struct TearingTests {
    @Test(
      arguments: [
        "xterm-256color", "screen-256color", "tmux-256color", "xterm-direct", "xterm-kitty",
        "xterm",
        "linux", "vt100",
      ], [("truecolor", 1), ("truecolor", 2), ("", 3)])
    func aRepaintChangesNothing(type: String, _ run: (colors: String, seed: UInt64)) throws {
      var random = SplitMix(state: run.seed)
      let sizes = [
        Size(rows: 24, columns: 80), Size(rows: 15, columns: 60), Size(rows: 40, columns: 120),
        Size(rows: 12, columns: 40), Size(rows: 3, columns: 9),
      ]
      let own = try OwnTerminal(size: sizes[0], ["TERM": type, "COLORTERM": run.colors])
      var desk = Desk(size: sizes[0])
      for step in 0..<60 {
        if step % 19 == 18, let size = sizes.randomElement(using: &random) {
          own.resize(to: size)
          desk.resize(to: size)
        }
        desk.step(using: &random)
        let frame = desk.state.view(size: desk.size)
        let bytes = try own.show(frame.canvas, cursor: frame.cursor)
        #expect(Self.move(in: bytes) == nil, "step \(step)")
        guard step % 3 == 2 || step > 54 else { continue }
        let seen = cells(own.screen)
        own.terminal.repaint()
        try own.show(frame.canvas, cursor: frame.cursor)
        let right = cells(own.screen)
        guard let wrong = seen.indices.first(where: { seen[$0] != right[$0] }) else { continue }
        let place = (wrong / own.screen.size.columns, wrong % own.screen.size.columns)
        Issue.record("step \(step): \(place) shows \(seen[wrong]), should be \(right[wrong])")
        return
      }
    }

    private func cells(_ screen: TerminalEmulator) -> [TerminalEmulator.Cell] {
      (0..<screen.size.rows).flatMap { row in
        (0..<screen.size.columns).map { column in
          var cell = screen[row, column]
          // An empty cell and a space look alike, and the colour of neither is seen.
          if ["", " "].contains(cell.text) {
            cell.text = " "
            if !cell.isReversed && !cell.isUnderlined { cell.foreground = .standard }
            cell.isBold = false
          }
          return cell
        }
      }
    }

    /// The first sequence that moves lines: scroll, insert and delete in their forms.
    static func move(in bytes: [UInt8]) -> String? {
      let text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
      var index = 0
      while index < text.count {
        defer { index += 1 }
        guard text[index] == "\u{1B}", index + 1 < text.count else { continue }
        index += 1
        // `ESC M` is the way up of screen and vt100 as well, and moves nothing below the first row.
        if "DE".unicodeScalars.contains(text[index]) { return "ESC \(text[index])" }
        guard text[index] == "[" else { continue }
        var parameters = ""
        index += 1
        while index < text.count, (0x20...0x3F).contains(text[index].value) {
          parameters.unicodeScalars.append(text[index])
          index += 1
        }
        // A push of the title's is no insertion: `CSI 22;2t` has another end.
        if index < text.count, "STLM".unicodeScalars.contains(text[index]),
          !parameters.hasPrefix("?")
        {
          return "CSI \(parameters)\(text[index])"
        }
      }
      return nil
    }
  }
}

/// The front end at work: a long prompt beside pictures in all colours.
private struct Desk {
  var state: AppState
  private(set) var size: Size
  private var pictures = 0

  init(size: Size) {
    self.size = size
    state = AppState(
      providers: [ProviderItem(name: "sandbox", isSandbox: true)], provider: "sandbox")
    _ = state.start()
    _ = state.reduce(.resized(size))
  }

  mutating func resize(to size: Size) {
    self.size = size
    take(.resized(size))
  }

  mutating func step(using random: inout SplitMix) {
    let words = [
      "fog over ", "红灯笼 ", "👩‍💻", "🇩🇪 ", "e\u{301}", "the lake of four seasons ", "\n", "\n\n",
    ]
    switch Int.random(in: 0..<12, using: &random) {
    case 0...3: take(.input(.paste(words.randomElement(using: &random) ?? "")))
    case 4:
      take(.input(.paste((0..<30).map { "line \($0) \(words[$0 % 6])" }.joined(separator: "\n"))))
    case 5:
      pictures += 1
      take(
        .pictureArrived(
          PictureItem(
            id: "p\(pictures)-1", file: "p\(pictures).jpg", prompt: "number \(pictures)",
            modelName: "Seedream", providerName: "sandbox", width: 2048, height: 2048,
            byteCount: 1000, created: LocalTime(year: 2026, month: 11, day: 21),
            position: PicturePosition(key: 1))))
    case 6:
      let wheel: MouseEvent.Kind = Bool.random(using: &random) ? .wheelUp : .wheelDown
      take(
        .input(
          .mouse(
            MouseEvent(
              kind: wheel,
              position: Position(
                row: Int.random(in: 0..<size.rows, using: &random),
                column: Int.random(in: 0..<size.columns, using: &random))))))
    case 7: take(.noticed(Notice(.warning, String(repeating: "something to be said ", count: 7))))
    default:
      let keys: [Key] = [
        Key(.enter), Key(.up), Key(.down), Key(.pageUp), Key(.pageDown), Key(.tab),
        Key(.backspace), Key(.character("k"), .control), Key(.character("w"), .control),
        Key(.home, .control), Key(.end, .control), Key(.function(1)), Key(.escape),
        Key(.character("1"), .alt), Key(.character("4"), .alt), Key(.character("x")),
      ]
      take(.input(.key(keys.randomElement(using: &random) ?? Key(.up))))
    }
  }

  /// Pictures that are asked for come at once.
  private mutating func take(_ action: AppAction) {
    for case .loadPreview(let key) in state.reduce(action) {
      var random = SplitMix(state: UInt64(pictures))
      let shapes: [Character] = ["▀", "▌", " ", "▚", "█"]
      let cells = (0..<key.rows * key.columns).map { index in
        let shade = UInt8(truncatingIfNeeded: index / key.columns * 9 + pictures * 31)
        return Cell(
          shapes.randomElement(using: &random),
          Style(
            .picture, foreground: .rgb(shade, UInt8.random(in: 0...255, using: &random), 40),
            background: .rgb(12, shade / 2, UInt8(truncatingIfNeeded: index))))
      }
      take(
        .previewLoaded(
          key, CellPicture(size: Size(rows: key.rows, columns: key.columns), cells: cells)))
    }
  }
}
