import CVTerm
package import Screen

/// A terminal in memory: libvterm reads what a program writes, and this tells what would be seen.
@safe package final class TerminalEmulator {
  /// What one cell shows.
  package struct Cell: Equatable, Sendable {
    /// The code points in the cell; empty in a blank one and in the right half of a wide one.
    package var text: String
    package var columns: Int
    package var foreground: Color
    package var background: Color
    package var isBold: Bool
    package var isUnderlined: Bool
    package var isReversed: Bool
  }

  private let handle: OpaquePointer
  private let screen: OpaquePointer
  private let state: OpaquePointer
  private let properties: UnsafeMutablePointer<VTermProperties>
  package private(set) var size: Size
  /// The beginning of a character whose end has not come.
  private var rest: [UInt8] = []

  package init(size: Size) throws {
    guard let handle = unsafe vterm_new(Int32(size.rows), Int32(size.columns)),
      let screen = unsafe vterm_obtain_screen(handle), let state = unsafe vterm_obtain_state(handle)
    else { throw TestFailure("libvterm gives no terminal of \(size)") }
    unsafe self.handle = handle
    unsafe self.screen = screen
    unsafe self.state = state
    self.size = size
    unsafe properties = .allocate(capacity: 1)
    unsafe properties.initialize(to: VTermProperties())
    unsafe vterm_set_utf8(handle, 1)
    unsafe vterm_screen_enable_altscreen(screen, 1)
    unsafe vterm_screen_watch(screen, properties)
    unsafe vterm_screen_reset(screen, 1)
  }

  deinit {
    unsafe vterm_free(handle)
    unsafe properties.deallocate()
  }

  /// Takes what a program wrote.
  /// - Returns: what the terminal answers, to be sent back to the program.
  package func feed(_ bytes: [UInt8]) -> [UInt8] {
    // libvterm 0.1.4 loses a character that is cut behind ASCII: it goes on with another decoder (its `on_text`).
    let all = rest + bytes
    let bytes = all.dropLast(Self.cut(of: all))
    rest = Array(all[bytes.endIndex...])
    unsafe bytes.withUnsafeBytes { buffer in
      let characters = unsafe buffer.bindMemory(to: CChar.self)
      guard let start = characters.baseAddress else { return }
      _ = unsafe vterm_input_write(handle, start, buffer.count)
    }
    return readAnswers()
  }

  /// How many bytes at the end are a character that is not whole.
  private static func cut(of bytes: [UInt8]) -> Int {
    for count in 1...3 where count <= bytes.count {
      switch bytes[bytes.count - count] {
      case 0x80..<0xC0: continue
      case 0xC0..<0xE0: return count < 2 ? count : 0
      case 0xE0..<0xF0: return count < 3 ? count : 0
      case 0xF0...: return count
      default: return 0
      }
    }
    return 0
  }

  package func resize(to size: Size) {
    unsafe vterm_set_size(handle, Int32(size.rows), Int32(size.columns))
    self.size = size
  }

  package var isAlternateScreen: Bool { unsafe properties.pointee.is_alternate != 0 }
  package var isCursorVisible: Bool { unsafe properties.pointee.is_cursor_visible != 0 }
  package var isMouseReported: Bool { unsafe properties.pointee.mouse != 0 }
  package var bells: Int { Int(unsafe properties.pointee.bells) }

  package var title: String {
    unsafe withUnsafeBytes(of: properties.pointee.title) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  package var cursor: Position {
    var position = VTermPos()
    unsafe vterm_state_get_cursorpos(state, &position)
    return Position(row: Int(position.row), column: Int(position.col))
  }

  package subscript(row: Int, column: Int) -> Cell {
    var cell = VTermScreenCell()
    let position = VTermPos(row: Int32(row), col: Int32(column))
    guard unsafe vterm_screen_get_cell(screen, position, &cell) != 0 else {
      return Cell(
        text: "", columns: 1, foreground: .standard, background: .standard, isBold: false,
        isUnderlined: false, isReversed: false)
    }
    var text = ""
    unsafe withUnsafeBytes(of: cell.chars) { bytes in
      let values = unsafe Array(bytes.bindMemory(to: UInt32.self))
      text.unicodeScalars.append(
        contentsOf: values.prefix { $0 != 0 }.compactMap(Unicode.Scalar.init))
    }
    return Cell(
      text: text, columns: Int(cell.width), foreground: color(cell.fg), background: color(cell.bg),
      isBold: cell.attrs.bold != 0, isUnderlined: cell.attrs.underline != 0,
      isReversed: cell.attrs.reverse != 0)
  }

  /// The text of one row without trailing blanks.
  package func text(ofRow row: Int) -> String {
    var text = ""
    var column = 0
    while column < size.columns {
      let cell = self[row, column]
      text += cell.text.isEmpty ? " " : cell.text
      column += max(1, cell.columns)
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  package var rows: [String] { (0..<size.rows).map { text(ofRow: $0) } }

  /// All rows, one a line.
  package var text: String { rows.joined(separator: "\n") }

  package func contains(_ text: String) -> Bool { rows.contains { $0.contains(text) } }

  private func color(_ color: VTermColor) -> Color {
    var color = color
    if unsafe vterm_color_is_default(&color) != 0 { return .standard }
    if unsafe vterm_color_is_indexed(&color) != 0 { return .palette(unsafe color.indexed.idx) }
    return unsafe .rgb(color.rgb.red, color.rgb.green, color.rgb.blue)
  }

  private func readAnswers() -> [UInt8] {
    let count = unsafe vterm_output_get_buffer_current(handle)
    var answers = [CChar](repeating: 0, count: count)
    let read = unsafe vterm_output_read(handle, &answers, count)
    return answers.prefix(read).map { UInt8(bitPattern: $0) }
  }
}
