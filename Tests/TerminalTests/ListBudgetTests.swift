import Interface
import Paging
import Screen
import Terminal
import TestSupport
import Testing

extension OwnTerminalTests {
  /// How many bytes a step through the pictures costs on the line, apart from the preview.
  struct ListBudgetTests {
    @Test(arguments: ["xterm-256color", "tmux-256color"])
    func aStepInSightCostsAtMost350Bytes(type: String) throws {
      var random = SplitMix(state: 5)
      let size = Size(rows: 40, columns: 120)
      var state = AppState(
        providers: [ProviderItem(name: "sandbox", isSandbox: true)], provider: "sandbox")
      _ = state.reduce(.resized(size))
      _ = state.start()
      let rows = (0..<64).map { number in picture(64 - number, using: &random) }
      _ = state.reduce(
        .pageLoaded(ticket: 1, PicturePage(rows: rows, firstRow: 500, total: 1_000_000)))
      _ = state.reduce(.input(.key(Key(.function(5)))))
      let own = try OwnTerminal(size: size, ["TERM": type, "COLORTERM": "truecolor"])
      let frame = state.view(size: size)
      try own.show(frame.canvas, cursor: frame.cursor)
      for step in 0..<8 {
        _ = state.reduce(.input(.key(Key(.down))))
        let frame = state.view(size: size)
        let bytes = try own.show(frame.canvas, cursor: frame.cursor)
        #expect(bytes.count <= 350, "step \(step): \(String(decoding: bytes, as: UTF8.self))")
      }
    }

    private func picture(_ number: Int, using random: inout SplitMix) -> PictureItem {
      let words = [
        "a red lantern", "fog", "over the harbour", "at night", "soft light", "an old town",
      ]
      let prompt = (0..<6).map { _ in words.randomElement(using: &random) ?? "" }
      return PictureItem(
        id: "k\(1000 + number)-1", file: "k\(1000 + number).jpg",
        prompt: prompt.joined(separator: ", "), modelName: "Seedream 4.5",
        providerName: "sandbox", width: 2048, height: 2048, byteCount: 1_000_000 + number,
        created: LocalTime(year: 2026, month: 11, day: 21),
        position: PicturePosition(key: Int64(number)))
    }
  }
}
