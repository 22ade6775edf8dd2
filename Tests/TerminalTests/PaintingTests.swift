import Posix
import Screen
import TestSupport
import Testing

/// What a user would see of a painted canvas.
@Suite(.serialized) struct PaintingTests {
  @Test func textOfAllKindsStandsWhereItWasPut() throws {
    let lines = ["红灯笼|fog", "e\u{301}a\u{308}|x", "😀👍🏽|x", "┌──┐|x", "ｱ×…█|x"]
    let session = try startProbe(lines)
    for (row, line) in lines.enumerated() {
      let bar = TextWidth.columns(of: line.prefix { $0 != "|" })
      #expect(
        session.screen[row, bar].text == "|", "row \(row): \(session.screen.text(ofRow: row))")
    }
    #expect(session.screen.text(ofRow: 0) == "红灯笼|fog")
    #expect(session.screen.text(ofRow: 1) == "e\u{301}a\u{308}|x")
    #expect(session.screen.text(ofRow: 3) == "┌──┐|x")
    #expect(
      !session.log.contains(0x0E)
        && !String(decoding: session.log, as: UTF8.self).contains("\u{1B}(0"))
  }

  @Test(arguments: ["🇩🇪", "👩‍💻", "👨‍👩‍👧‍👦", "❤️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫩", "𜴀"])
  func aGraphemeOfDisputedWidthShiftsNothing(grapheme: String) throws {
    let session = try startProbe(["\(grapheme)|right \(grapheme)|red", "below"])
    let width = TextWidth.columns(of: grapheme)
    #expect(session.screen[0, width].text == "|")
    #expect(session.screen.text(ofRow: 0).hasSuffix("|red"))
    #expect(session.screen[0, 0].text.unicodeScalars.first == grapheme.unicodeScalars.first)
    #expect(session.screen.text(ofRow: 1) == "below")
    #expect(session.screen.cursor == Position(row: 2, column: 0))
  }

  @Test func aDisputedGraphemeAtTheEdgeDoesNotWrap() throws {
    let session = try startProbe(
      ["wide" + String(repeating: " ", count: 14) + "👨‍👩‍👧‍👦", "below"],
      size: Size(rows: 6, columns: 20))
    #expect(session.screen.text(ofRow: 0).hasPrefix("wide"))
    #expect(session.screen.text(ofRow: 1) == "below")
  }

  @Test func aDisputedGraphemeStaysWhileItsRowChanges() throws {
    let session = try startProbe()
    try session.type("a🇩🇪")
    try session.waitFor("flag") {
      $0[1, 1].text.hasPrefix("🇩") || $0[1, 1].text.unicodeScalars.first?.value == 0x1F1E9
    }
    try session.type("bc")
    try session.waitFor("letters behind it") { $0[1, 3].text == "b" && $0[1, 4].text == "c" }
    #expect(session.screen[1, 1].text.unicodeScalars.first?.value == 0x1F1E9)
    #expect(session.screen.cursor == Position(row: 1, column: 5))
  }

  @Test func rolesGetTheirColorsAndNoColorIsHonoured() throws {
    let colored = try startProbe()
    try colored.type("x")
    try colored.waitFor("x")
    #expect(colored.screen[1, 0].foreground == .palette(6))
    let plain = try startProbe(environment: ["NO_COLOR": "1"])
    try plain.type("x")
    try plain.waitFor("x")
    #expect(plain.screen[1, 0].foreground == .standard)
  }

  @Test(arguments: [
    Size(rows: 1, columns: 1), Size(rows: 1, columns: 2), Size(rows: 2, columns: 3),
  ])
  func theSmallestScreensWork(size: Size) throws {
    let session = try startProbe(["红灯", "a"], size: size)
    try session.type("红x")
    try session.drain()
    #expect(session.screen.isAlternateScreen)
    try session.type("\u{11}")
    #expect(try session.waitForEnd() == .exited(0))
  }

  @Test func aResizeIsPaintedAnew() throws {
    let session = try startProbe(["one", "two"])
    session.resize(to: Size(rows: 5, columns: 12))
    try session.drain()
    try session.type("typed")
    try session.waitFor("typed")
    #expect(session.screen.text(ofRow: 0) == "one")
    #expect(session.screen.cursor == Position(row: 2, column: 5))
    session.resize(to: Size(rows: 20, columns: 60))
    try session.drain()
    #expect(session.screen.text(ofRow: 1) == "two")
    #expect(session.screen.rows.filter { $0.contains("typed") }.count == 1)
  }
}
