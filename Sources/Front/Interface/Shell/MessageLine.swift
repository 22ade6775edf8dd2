import Screen

/// A sentence on the message line.
package struct Notice: Equatable, Sendable {
  /// How it is shown and how long it stays: an error until the next key, the others for some seconds.
  package enum Severity: Equatable, Sendable {
    case information
    case success
    case warning
    case error
  }

  package var severity: Severity
  /// One sentence or two: what happened, to which thing, what to do.
  package var text: String

  package init(_ severity: Severity, _ text: String) {
    self.severity = severity
    self.text = text
  }
}

/// What is said above the hints. An error stays until the next key, the rest goes by itself.
struct MessageLine: Equatable, Sendable {
  /// Ticks a notice stays.
  private static let lifetime = 6
  private(set) var notice: Notice?
  /// News that came while an answer was to be read.
  private var waiting: Notice?
  private var isNews = false
  private var age = 0

  /// Whether a notice is to go by itself.
  var expires: Bool { waiting != nil || notice.map { $0.severity != .error } ?? false }

  /// Says what comes of a key.
  mutating func show(_ notice: Notice) {
    self.notice = notice
    isNews = false
    age = 0
  }

  /// Says what happened elsewhere: not over a question or a refusal that nobody has read yet, nor over worse news.
  mutating func tell(_ news: Notice) {
    guard let notice, notice.severity.rank >= Notice.Severity.warning.rank,
      !isNews || notice.severity.rank > news.severity.rank
    else {
      show(news)
      isNews = true
      return
    }
    if waiting.map({ $0.severity.rank <= news.severity.rank }) ?? true { waiting = news }
  }

  mutating func secondPassed() {
    guard expires else { return }
    age += 1
    if age >= Self.lifetime { next() }
  }

  mutating func keyPressed() {
    if notice?.severity == .error { next() }
  }

  mutating func clear() { next() }

  /// What was news until now may be so no more; an answer to a key, and a refusal, stay.
  mutating func dropNews() {
    waiting = nil
    if isNews, notice?.severity != .error { next() }
  }

  private mutating func next() {
    notice = waiting
    waiting = nil
    isNews = true
    age = 0
  }

  /// How many rows it takes; zero where nothing is said.
  ///
  /// - Parameters:
  ///   - room: the rows a long one may grow to, upwards over what is there.
  ///   - standing: what is said where there is no notice; what is wrong is said below one.
  func rows(in rect: Rect, room: Int, standing: Notice?) -> Int {
    said(in: rect, room, standing).reduce(0) { $0 + $1.rows }
  }

  /// Whether all of the notice can be read.
  func isReadable(in rect: Rect, room: Int, standing: Notice?) -> Bool {
    said(in: rect, room, standing).contains { $0.notice == notice && $0.isWhole }
  }

  private struct Said {
    let notice: Notice
    /// One for each row; the last has all that is left.
    let lines: [String]
    var rows: Int { lines.count }
    /// Whether nothing of it is cut off.
    let isWhole: Bool

    init(_ notice: Notice, columns: Int, room: Int) {
      self.notice = notice
      let text = notice.symbol + DisplayText.visible(notice.text)
      let columns = max(1, columns - 2)
      if TextWidth.columns(of: text) <= columns {
        lines = [text]
        isWhole = true
        return
      }
      let characters = Array(text)
      let wrapped = TextWrap(characters, columns: columns).lines
      let rows = min(wrapped.count, room)
      isWhole = rows == wrapped.count
      lines = (0..<rows).map {
        String(
          characters[wrapped[$0].start..<($0 == rows - 1 ? characters.count : wrapped[$0].end)])
      }
    }
  }

  /// What is said, from above. What is wrong stays in sight beside what happened, where there is room for both: what
  /// is to be answered, and what is worse than that something was done, is said whole.
  private func said(in rect: Rect, _ room: Int, _ standing: Notice?) -> [Said] {
    let room = min(room, rect.row + 1)
    guard !rect.isEmpty, room > 0, let said = notice ?? standing else { return [] }
    guard let standing, standing.severity == .error, said.severity != .error else {
      return [Said(said, columns: rect.columns, room: room)]
    }
    let goesFirst = said.severity.rank >= Notice.Severity.warning.rank
    let first = Said(
      goesFirst ? said : standing, columns: rect.columns, room: goesFirst ? room : max(1, room - 1))
    guard first.rows < room else { return [first] }
    let second = Said(
      goesFirst ? standing : said, columns: rect.columns, room: room - first.rows)
    return goesFirst ? [first, second] : [second, first]
  }

  /// - Returns: whether anything was said.
  @discardableResult
  func draw(on canvas: inout Canvas, in rect: Rect, room: Int, standing: Notice?) -> Bool {
    let said = said(in: rect, room, standing)
    let columns = max(1, rect.columns - 2)
    let rows = said.reduce(0) { $0 + $1.rows }
    let area = Rect(
      row: rect.row - rows + 1, column: rect.column, rows: rows, columns: rect.columns)
    canvas.fill(area)
    var row = area.row
    for text in said {
      for line in text.lines {
        var words = line
        while words.last == " " { words.removeLast() }
        canvas.write(
          DisplayText.truncated(words, to: columns),
          row: row, column: rect.column + 1, Style(text.notice.severity.role), clip: area)
        row += 1
      }
    }
    return !said.isEmpty
  }
}

extension Notice.Severity {
  fileprivate var role: Role {
    switch self {
    case .information: .text
    case .success: .success
    case .warning: .warning
    case .error: .error
    }
  }

  fileprivate var rank: Int {
    switch self {
    case .information: 0
    case .success: 1
    case .warning: 2
    case .error: 3
    }
  }
}

extension Notice {
  fileprivate var symbol: String {
    switch severity {
    case .information: ""
    case .success: "✓ "
    case .warning: "! "
    case .error: "✗ "
    }
  }
}
