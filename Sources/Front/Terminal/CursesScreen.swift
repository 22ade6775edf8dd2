import CNcurses
import Glibc
import Screen

/// ncurses, for output only: the one screen of the process, drawn by the thread that opened it.
@safe struct CursesScreen: ~Copyable {
  /// What ncurses does with the attributes of a cell.
  struct Attributes: OptionSet, Hashable {
    let rawValue: UInt8
    static let bold = Attributes(rawValue: 1)
    static let dim = Attributes(rawValue: 2)
    static let reversed = Attributes(rawValue: 4)
    static let underlined = Attributes(rawValue: 8)

    fileprivate var bits: attr_t {
      var bits: attr_t = 0
      if contains(.bold) { bits |= curses_bold }
      if contains(.dim) { bits |= curses_dim }
      if contains(.reversed) { bits |= curses_reverse }
      if contains(.underlined) { bits |= curses_underline }
      return bits
    }
  }

  let colors: Int
  /// Whether -1 is the terminal's own colour; without, white on black stands for it.
  let hasStandardColors: Bool
  /// Whether the last cell of the screen is inserted from its left neighbour's place.
  let insertsCorner: Bool
  /// Whether a character in the last cell of the screen would scroll it.
  let wrapsAtOnce: Bool
  private let screen: OpaquePointer
  private let stream: UnsafeMutablePointer<FILE>

  /// - Parameter type: a type that `CursesScreen.knows`.
  init(type: String, size: Size) throws(TerminalError) {
    guard let stream = unsafe curses_file() else {
      throw TerminalError(code: .system(errno), message: "The terminal cannot be written to.")
    }
    guard let screen = unsafe curses_open(type, stream) else {
      unsafe fclose(stream)
      throw TerminalError(
        code: .incapable,
        message: "The terminal type “\(DisplayText.visible(type))” cannot show a full screen: use "
          + "`darkroom generate`, or set TERM.")
    }
    unsafe self.screen = screen
    unsafe self.stream = stream
    curses_set_up()
    colors = Int(curses_colors())
    hasStandardColors = use_default_colors() != -1
    insertsCorner = curses_inserts_corner()
    wrapsAtOnce = curses_wraps_at_once()
    resize(to: size)
  }

  deinit {
    endwin()
    unsafe delscreen(screen)
    unsafe fclose(stream)
  }

  /// What the terminal database says of a type that can place its cursor.
  struct Entry {
    let facts: TerminfoFacts
    /// The type's own way back to the main screen: plain attributes, a visible cursor, and out.
    let farewell: String
  }

  /// Nil where the database of this machine has none.
  static func entry(_ type: String, output: Int32) -> Entry? {
    guard unsafe curses_look_up(type, output) else { return nil }
    defer { curses_forget() }
    guard unsafe curses_capability("cup") != nil else { return nil }
    let farewell = ["sgr0", "cnorm", "rmcup"].map { name in
      guard let value = unsafe curses_capability(name) else { return "" }
      return unsafe String(cString: value)
    }.joined()
    let colors = unsafe curses_number("colors")
    return Entry(
      facts: TerminfoFacts(type: type, colors: max(0, Int(colors))), farewell: farewell)
  }

  func resize(to size: Size) {
    resizeterm(Int32(max(1, size.rows)), Int32(max(1, size.columns)))
  }

  /// Draws one grapheme of at most five code points.
  func put(
    _ scalars: some Collection<Unicode.Scalar>, row: Int, column: Int, _ attributes: Attributes,
    pair: Int32
  ) {
    let text = scalars.prefix(5).map { wchar_t($0.value) } + [0]
    unsafe curses_put(Int32(row), Int32(column), text, attributes.bits, pair)
  }

  /// Draws a code point that is a grapheme by itself.
  func put(
    _ scalar: Unicode.Scalar, row: Int, column: Int, _ attributes: Attributes, pair: Int32
  ) {
    curses_put_one(Int32(row), Int32(column), wchar_t(scalar.value), attributes.bits, pair)
  }

  /// A number for two colours; ncurses remembers those used last.
  func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
    if colors == 0 || (foreground == -1 && background == -1 && hasStandardColors) { return 0 }
    if hasStandardColors { return max(0, alloc_pair(foreground, background)) }
    return max(0, alloc_pair(foreground == -1 ? 7 : foreground, background == -1 ? 0 : background))
  }

  func moveCursor(to position: Position) {
    curses_move(Int32(position.row), Int32(position.column))
  }

  /// Blanks what will be drawn; what is on the screen is remembered.
  func blank() { curses_blank() }

  func showCursor(_ isVisible: Bool) { curs_set(isVisible ? 1 : 0) }

  /// Has all that was drawn put into the output.
  func update() { curses_update() }

  /// The same for one row, the only one that changed since: nothing on the screen is moved for it.
  func updateRow() { curses_update_row() }

  /// What ncurses has to say to the terminal since the last call.
  func takeOutput() -> [UInt8] {
    let file = unsafe fileno(stream)
    let count = lseek(file, 0, SEEK_CUR)
    guard count > 0 else { return [] }
    lseek(file, 0, SEEK_SET)
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      unsafe filled = max(0, pread(file, buffer.baseAddress, count, 0))
    }
  }

  /// Draws everything anew with the next update.
  func invalidate() {
    curses_blank()
    curses_distrust()
  }

  /// Gives the terminal its own screen and modes back; the next update takes them again.
  func leave() { endwin() }

  /// The columns the C library gives a code point, which ncurses goes by; -1 for one it does not know.
  static func localWidth(_ scalar: Unicode.Scalar) -> Int {
    Int(curses_width(wchar_t(scalar.value)))
  }
}
