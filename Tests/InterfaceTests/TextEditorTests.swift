import Screen
import TestSupport
import Testing

@testable import Interface

@Suite("Text editor")
struct TextEditorTests {
  private func editor(_ text: String, caret: Int? = nil, columns: Int = 40) -> TextEditor {
    var editor = TextEditor(text)
    editor.setColumns(columns)
    if let caret { editor.caret = caret }
    return editor
  }

  /// The text with `|` at the caret.
  private func shown(_ editor: TextEditor) -> String {
    String(editor.characters[..<editor.caret]) + "|" + String(editor.characters[editor.caret...])
  }

  @Test(
    "Backspace takes one whole grapheme",
    arguments: ["é", "e\u{301}", "👩‍👩‍👧", "🇨🇳", "❤️", "漢", "각", "नि"])
  func backspace(grapheme: String) {
    var editor = editor("a")
    editor.insert(grapheme)
    #expect(editor.characters.count == 2)
    editor.perform(.deleteBackward)
    #expect(editor.text == "a")
  }

  @Test func marksTypedAfterALetterJoinIt() {
    var editor = editor("")
    for character in "cafe\u{301}".unicodeScalars.map(Character.init) { editor.type(character) }
    #expect(editor.characters == Array("café"))
    #expect(editor.caret == 4)
    editor.perform(.undo)
    #expect(editor.isEmpty)
    editor.perform(.redo)
    #expect(editor.text == "café")
  }

  @Test func emojiPartsTypedOneByOneBecomeOne() {
    var editor = editor("")
    for scalar in "👩\u{200D}👧".unicodeScalars { editor.type(Character(scalar)) }
    #expect(editor.characters.count == 1)
    editor.perform(.move(.left))
    #expect(editor.caret == 0)
  }

  @Test func deletingBetweenIndicatorsMakesAFlag() {
    var editor = editor("\u{1F1E8}x\u{1F1F3}", caret: 2)
    editor.perform(.deleteBackward)
    #expect(editor.characters == ["🇨🇳"])
    editor.perform(.undo)
    #expect(editor.text == "\u{1F1E8}x\u{1F1F3}")
  }

  @Test func controlsAndInvisibleMarksAreLeftOut() {
    var editor = editor("")
    editor.insert("a\u{1B}[31mb\tc\r\nd\u{202E}e\u{0}\u{200B}\u{85}f\rg")
    #expect(editor.text == "a[31mb c\nde\nf\ng")
    var line = TextEditor(isSingleLine: true)
    line.insert("a\nb")
    line.perform(.newline)
    #expect(line.text == "a b")
  }

  @Test func wordMotionsStopAtWords() {
    var editor = editor("one, two-three 红灯笼 four", caret: 0)
    var stops: [String] = []
    for _ in 0..<5 {
      editor.perform(.move(.wordRight))
      stops.append(shown(editor))
    }
    #expect(
      stops == [
        "one|, two-three 红灯笼 four", "one, two|-three 红灯笼 four", "one, two-three| 红灯笼 four",
        "one, two-three 红灯笼| four", "one, two-three 红灯笼 four|",
      ])
    editor.perform(.move(.wordLeft))
    editor.perform(.move(.wordLeft))
    #expect(shown(editor) == "one, two-three |红灯笼 four")
  }

  @Test func killsInARowAreYankedTogether() {
    var editor = editor("alpha beta gamma")
    editor.perform(.killWordBackward)
    editor.perform(.killWordBackward)
    #expect(editor.text == "alpha ")
    editor.perform(.move(.textStart))
    editor.perform(.yank)
    #expect(editor.text == "beta gammaalpha ")
  }

  @Test func killToTheEndOfAFullLineTakesTheLineEnd() {
    var editor = editor("one\ntwo", caret: 1)
    editor.perform(.killToLineEnd)
    #expect(shown(editor) == "o|\ntwo")
    editor.perform(.killToLineEnd)
    #expect(shown(editor) == "o|two")
    editor.perform(.killToLineStart)
    #expect(shown(editor) == "|two")
  }

  @Test func aWordIsOneStepOfUndo() {
    var editor = editor("")
    for character in "red lantern" { editor.type(character) }
    editor.perform(.undo)
    #expect(editor.text == "red ")
    editor.perform(.undo)
    #expect(editor.text == "")
    editor.perform(.redo)
    editor.perform(.redo)
    #expect(shown(editor) == "red lantern|")
    editor.perform(.redo)
    #expect(editor.text == "red lantern")
  }

  @Test func movingEndsAStep() {
    var editor = editor("")
    for character in "ab" { editor.type(character) }
    editor.perform(.move(.left))
    editor.type("c")
    editor.perform(.undo)
    #expect(shown(editor) == "a|b")
  }

  @Test func deletionsInARowAreOneStepOfUndo() {
    var editor = editor("lantern")
    for _ in 0..<4 { editor.perform(.deleteBackward) }
    #expect(editor.text == "lan")
    editor.perform(.undo)
    #expect(shown(editor) == "lantern|")
  }

  @Test func aPasteIsOneStepAndReplacesTheSelection() {
    var editor = editor("a red lantern", caret: 2)
    editor.perform(.select(.wordRight))
    editor.insert("deep blue\nvery")
    #expect(editor.text == "a deep blue\nvery lantern")
    editor.perform(.undo)
    #expect(editor.text == "a red lantern")
  }

  @Test func typingAfterUndoForgetsWhatWasTakenBack() {
    var editor = editor("x")
    editor.insert("1")
    editor.perform(.undo)
    editor.insert("2")
    editor.perform(.redo)
    #expect(editor.text == "x2")
  }

  @Test func arrowsLeaveASelectionAtItsEnds() {
    var editor = editor("abcdef", caret: 2)
    editor.perform(.select(.right))
    editor.perform(.select(.right))
    #expect(editor.selection == 2..<4)
    editor.perform(.move(.left))
    #expect(shown(editor) == "ab|cdef")
    #expect(editor.selection == nil)
  }

  @Test func copiedTextCanBeYanked() {
    var editor = editor("abc", caret: 0)
    editor.perform(.select(.lineEnd))
    editor.perform(.copy)
    editor.perform(.move(.textEnd))
    editor.perform(.yank)
    #expect(editor.text == "abcabc")
  }

  @Test func upAndDownKeepTheWantedColumn() {
    var editor = editor("long first line\nno\nlong third line", caret: 9)
    editor.perform(.move(.down))
    #expect(shown(editor) == "long first line\nno|\nlong third line")
    editor.perform(.move(.down))
    #expect(shown(editor) == "long first line\nno\nlong thir|d line")
    editor.perform(.move(.down))
    #expect(editor.caret == editor.characters.count)
    editor.perform(.move(.up))
    editor.perform(.move(.up))
    #expect(shown(editor) == "long firs|t line\nno\nlong third line")
  }

  @Test func homeAndEndGoFromTheLineToTheParagraph() {
    var editor = editor("alpha beta gamma delta", caret: 13, columns: 12)
    // "alpha beta " / "gamma delta"
    editor.perform(.move(.lineStart))
    #expect(editor.caret == 11)
    editor.perform(.move(.lineStart))
    #expect(editor.caret == 0)
    editor.perform(.move(.lineEnd))
    #expect(editor.caret == 10)
    editor.perform(.move(.lineEnd))
    #expect(editor.caret == editor.characters.count)
  }

  /// Random edits never leave caret, wrap or graphemes inconsistent, and undo finds the way back.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func everyEditCanBeTakenBack(seed: UInt64) {
    var random = SplitMix(state: seed)
    var editor = editor("start 开始", columns: 7)
    let pieces = ["a", " ", "漢", "\u{301}", "👩‍👧", "\u{200D}", "\u{1F1E8}", "\n", "，", "word "]
    let commands: [EditCommand] = [
      .deleteBackward, .deleteForward, .killPartBackward, .killToLineEnd, .yank, .newline,
      .move(.left), .move(.up), .move(.down), .move(.wordLeft), .move(.lineEnd), .select(.wordLeft),
      .select(.down), .move(.pageUp),
    ]
    for _ in 0..<600 {
      let (text, stamp) = (editor.characters, editor.stamp)
      defer { #expect((editor.stamp == stamp) == (editor.characters == text)) }
      switch random.next() % 3 {
      case 0: editor.type(Character(pieces[Int(random.next() % 3)]))
      case 1: editor.insert(pieces[Int(random.next() % UInt64(pieces.count))])
      default: editor.perform(commands[Int(random.next() % UInt64(commands.count))])
      }
      #expect((0...editor.characters.count).contains(editor.caret))
      #expect(editor.characters == Array(editor.text))
      #expect(editor.wrap == TextWrap(editor.characters, columns: 7))
    }
    let final = editor.text
    for _ in 0..<700 { editor.perform(.undo) }
    #expect(editor.text == "start 开始")
    for _ in 0..<700 { editor.perform(.redo) }
    #expect(editor.text == final)
  }
}
