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

  /// Says what happened elsewhere: not over a question or a refusal that nobody has read yet.
  mutating func tell(_ news: Notice) {
    guard !isNews, let notice, [.warning, .error].contains(notice.severity) else {
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
  ///   - standing: what is said where there is no notice.
  func rows(in rect: Rect, room: Int, standing: Notice?) -> Int {
    guard let notice = notice ?? standing, !rect.isEmpty else { return 0 }
    return wrapped(notice, rect, room).rows
  }

  private func wrapped(
    _ notice: Notice, _ rect: Rect, _ room: Int
  ) -> (characters: [Character], lines: [TextWrap.Line], rows: Int) {
    let characters = Array(notice.symbol + DisplayText.visible(notice.text))
    let lines = TextWrap(characters, columns: max(1, rect.columns - 2)).lines
    return (characters, lines, min(lines.count, room, rect.row + 1))
  }

  /// - Returns: whether anything was said.
  @discardableResult
  func draw(on canvas: inout Canvas, in rect: Rect, room: Int, standing: Notice?) -> Bool {
    guard let notice = notice ?? standing, !rect.isEmpty else { return false }
    let role: Role =
      switch notice.severity {
      case .information: .text
      case .success: .success
      case .warning: .warning
      case .error: .error
      }
    let (characters, lines, rows) = wrapped(notice, rect, room)
    let columns = max(1, rect.columns - 2)
    let area = Rect(
      row: rect.row - rows + 1, column: rect.column, rows: rows, columns: rect.columns)
    canvas.fill(area)
    for index in 0..<rows {
      let end = index == rows - 1 ? characters.count : lines[index].end
      var words = String(characters[lines[index].start..<end])
      while words.last == " " { words.removeLast() }
      canvas.write(
        DisplayText.truncated(words, to: columns),
        row: area.row + index, column: rect.column + 1, Style(role), clip: area)
    }
    return true
  }
}

extension Notice.Severity {
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
