import Screen
import Terminal
import TestSupport

/// Draws pictures as letters, into the cells, as terminals with sixels keep them there: where something is written
/// the letter is gone, and where a picture was taken away its letters stay until something is written.
struct LetterImages: ImageDriver {
  enum Event: Equatable, Sendable {
    case placed(ImagePlacement)
    case removed(ImagePlacement)
  }

  /// What was asked for, in order.
  let events = Collected<Event>()

  static let cleared = "\u{1B}]7777;cleared\u{1B}\\"
  static let removed = "\u{1B}]7777;removed\u{1B}\\"

  var draws: Bool { true }
  var clearing: String { Self.cleared }

  func placing(_ placement: ImagePlacement) -> String {
    events.append(.placed(placement))
    let rect = placement.rect
    let letters = String(repeating: Self.letter(of: placement), count: rect.columns)
    // The first row from where the cursor was put, the others by themselves.
    return (0..<rect.rows).map { row in
      (row == 0 ? "" : "\u{1B}[\(rect.row + row + 1);\(rect.column + 1)H") + letters
    }.joined()
  }

  func removing(_ placement: ImagePlacement) -> String {
    events.append(.removed(placement))
    return Self.removed
  }

  static func letter(of placement: ImagePlacement) -> String {
    String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8(placement.image.rawValue % 26))))
  }
}

extension ImagePlacement {
  init(_ image: UInt32, row: Int, column: Int, rows: Int, columns: Int) {
    self.init(
      ImageID(rawValue: image),
      in: Rect(row: row, column: column, rows: rows, columns: columns))
  }
}
