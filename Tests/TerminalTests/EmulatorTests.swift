import Screen
import TestSupport
import Testing

/// The emulator that tests look through.
struct EmulatorTests {
  @Test(arguments: 1...7)
  func aCharacterMayComeInPieces(count: Int) throws {
    let screen = try TerminalEmulator(size: Size(rows: 2, columns: 20))
    let bytes = Array("ab│é\u{1B}[1mc红🏮d".utf8)
    for start in stride(from: 0, to: bytes.count, by: count) {
      _ = screen.feed(Array(bytes[start..<min(start + count, bytes.count)]))
    }
    #expect(screen.text(ofRow: 0) == "ab│éc红🏮d")
  }
}
