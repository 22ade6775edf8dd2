import Screen
import Testing

struct TextWidthTests {
  /// Texts that nobody looks at grapheme by grapheme are of as many as they have code points.
  @Test func simpleTextsAreNotJoined() {
    let simple = (0x20...0x10_FFFF).compactMap(Unicode.Scalar.init).filter {
      TextWidth.isSimple(String($0))
    }
    #expect(simple.contains("红") && simple.contains("각") && simple.contains("→"))
    #expect(!simple.contains("\u{301}") && !simple.contains("\u{200D}") && !simple.contains("👍"))
    for other: Unicode.Scalar in ["a", "红", "가", "각", "—", "‼", "↔", "─"] {
      for scalar in simple {
        let text = String(String.UnicodeScalarView([other, scalar, other]))
        if text.count != 3
          || TextWidth.columns(of: text) != text.reduce(0, { $0 + TextWidth.columns(of: $1) })
        {
          Issue.record("\(text) has \(text.count) graphemes")
        }
      }
    }
  }

  @Test(arguments: [
    ("a", 1), ("~", 1), ("é", 1), ("e\u{301}", 1), ("中", 2), ("あ", 2), ("한", 2), ("Ａ", 2), ("ｱ", 1),
    ("“", 1), ("×", 1), ("─", 1), ("█", 1), ("\u{FFFD}", 1), ("\u{E0B0}", 1),
  ])
  func textTakesTheColumnsTerminalsGiveIt(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test(arguments: [
    "😀", "❤️", "1️⃣", "👍🏽", "👩‍💻", "👨‍👩‍👧‍👦", "🇩🇪", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫩",
  ])
  func oneEmojiTakesTwoColumnsHoweverItIsSpelled(emoji: String) {
    #expect(emoji.count == 1)
    #expect(TextWidth.columns(of: emoji) == 2)
  }

  @Test func presentationAsTextLeavesANarrowSymbolNarrow() {
    #expect(TextWidth.columns(of: "❤") == 1)
    #expect(TextWidth.columns(of: "❤\u{FE0E}") == 1)
    #expect(TextWidth.columns(of: "🇩" as Character) == 1)
  }

  @Test func aSyllableSpelledInJamoIsAsWideAsTheOneItMeans() {
    #expect(TextWidth.columns(of: "\u{1112}\u{1161}\u{11AB}") == 2)
    #expect(TextWidth.columns(of: "한") == 2)
  }

  @Test(arguments: [
    "\u{0}", "\u{1B}", "\n", "\r\n", "\u{7F}", "\u{9B}", "\u{301}", "\u{200B}", "\u{200D}",
    "\u{202E}",
    "\u{2028}", "\u{FEFF}",
  ])
  func whatCannotBeSeenTakesNone(text: String) {
    #expect(TextWidth.columns(of: text) == 0)
  }

  @Test func aTextIsAsWideAsItsGraphemesTogether() {
    #expect(TextWidth.columns(of: "a 赤い灯籠 👩‍💻!") == 14)
  }

  @Test func whatIsAnsweredWithoutTheTablesIsWhatTheySay() {
    let invisible: Set<Unicode.GeneralCategory> = [
      .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator, .control,
    ]
    for value in UInt32(0x20)...0xD7A3 {
      guard let scalar = Unicode.Scalar(value), TextWidth.columns(of: scalar) > 0 else { continue }
      let category = scalar.properties.generalCategory
      let hasGlyph = category == .format && (value == 0xAD || (0x600...0x8E2).contains(value))
      #expect(hasGlyph || !invisible.contains(category), "\(String(value, radix: 16))")
    }
    #expect(TextWidth.columns(of: "─…→“中한") == 8)
    #expect(TextWidth.columns(of: "⌚◽") == 4)
  }
}
