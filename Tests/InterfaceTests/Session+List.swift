import Screen

@testable import Interface

/// The list of jobs and pictures as it stands on the screen.
extension Session {
  /// Its lines, those that are blank left out.
  var lines: [String] { listLines.map(\.text).filter { !$0.isEmpty } }

  /// The ids of its rows: a job's stands behind its sign, a picture's behind its time.
  var rows: [String] { lines.compactMap(Self.id) }

  /// The same of the jobs, which are above the pictures.
  var jobRows: [String] { rows.filter { !$0.contains("-") } }

  /// The row that is drawn as the selected one; nil where none is.
  var chosen: String? { listLines.first(where: \.isChosen).flatMap { Self.id(in: $0.text) } }

  /// The line it is on, from zero.
  var chosenLine: Int? { listLines.firstIndex(where: \.isChosen) }

  /// How many pictures there are, as the frame says; zero where it says nothing.
  var total: Int { place.total }

  /// The number of the selected picture, as the frame says: `7/1000`; nil where all pictures are in sight.
  var number: Int? { place.number }

  /// The question to the index that is open. Who answers needs it.
  var asked: PictureList.Asked? { state.picturesPane.list.asked }

  /// How many pictures are in memory. No screen says so.
  var heldPictures: Int { state.picturesPane.pictures.count }

  /// The jobs that were taken off the list, also those for which there was no room in it: no screen says so.
  var dismissed: Set<String> { state.picturesPane.jobList.dismissed }

  private var listLines: [(text: String, isChosen: Bool)] {
    let area = state.layout.content(of: .history)
    let canvas = frame.canvas
    return (area.row..<area.row + area.rows).map { row in
      let style = canvas[row, area.column].style
      return (
        Self.text(on: canvas, row: row, from: area.column, columns: area.columns),
        style == Style(.selection) || style == Style(.unfocusedSelection)
      )
    }
  }

  private var place: (number: Int?, total: Int) {
    guard let rect = state.layout.panes[.history] else { return (nil, 0) }
    let edge = Self.text(
      on: frame.canvas, row: rect.row, from: rect.column, columns: rect.columns)
    guard let match = edge.firstMatch(of: /(?:(\d+)\/)?(\d+)/) else { return (nil, 0) }
    return (match.output.1.flatMap { Int($0) }, Int(match.output.2) ?? 0)
  }

  private static func text(
    on canvas: Canvas, row: Int, from column: Int, columns: Int
  ) -> String {
    let characters = (column..<column + columns).compactMap { canvas[row, $0].character }
    return String(characters).trimmed
  }

  /// What is behind the first word, if it is an id: sentences have none.
  private static func id(in line: String) -> String? {
    let words = line.split(separator: " ")
    guard words.count > 1, words[1].contains(where: \.isNumber) else { return nil }
    return String(words[1])
  }
}
