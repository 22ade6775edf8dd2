/// Bytes that are read by place, where a place outside is nil and never a trap.
struct HeaderBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  func byte(_ place: Int) -> Int? {
    bytes.indices.contains(place) ? Int(bytes[place]) : nil
  }

  /// An unsigned number of up to four bytes, most significant first.
  func big(_ length: Int, at place: Int) -> Int? {
    number(length, at: place) { $0 }
  }

  /// An unsigned number of up to four bytes, least significant first.
  func little(_ length: Int, at place: Int) -> Int? {
    number(length, at: place) { length - 1 - $0 }
  }

  func has(_ expected: [UInt8], at place: Int) -> Bool {
    contains(place, expected.count) && bytes[place..<place + expected.count].elementsEqual(expected)
  }

  func has(_ expected: String, at place: Int) -> Bool { has(Array(expected.utf8), at: place) }

  private func number(_ length: Int, at place: Int, _ order: (Int) -> Int) -> Int? {
    guard contains(place, length) else { return nil }
    return (0..<length).reduce(0) { $0 << 8 | Int(bytes[place + order($1)]) }
  }

  /// Written so that no sum can overflow, whatever a file claims.
  private func contains(_ place: Int, _ length: Int) -> Bool {
    place >= 0 && place <= count && length <= count - place
  }
}
