/// Where secrets are in a text, under all layers of escapes.
struct Scan {
  struct Found {
    var range: Range<Int>
    /// Bytes without escapes.
    var letters: Int
  }

  /// In order, none over another.
  private(set) var found: [Found] = []
  /// From here on it may be the beginning of a secret: what is to come decides.
  private(set) var end: Int

  /// - Parameter isLast: Whether nothing more will come; the beginning of a secret at the end then counts as
  ///   one.
  init(_ source: [UInt8], _ search: NeedleSearch, isLast: Bool) {
    end = source.count
    var layers: [Layer] = []
    var text = source
    func place(of range: Range<Int>) -> Range<Int> {
      layers.reversed().reduce(range) { $1.source(of: $0) }
    }
    var all: [Found] = []
    while true {
      search.matches(in: text) { range in
        all.append(Found(range: place(of: range), letters: range.count))
      }
      let next =
        layers.count < Layer.deepest ? Layer(of: text, isWhole: isLast) : nil
      if isLast {
        if let range = Self.cut(text, search) {
          all.append(Found(range: place(of: range), letters: range.count))
        }
      } else {
        let known = next?.unfinished ?? text.count
        let open = [next?.unfinished, Self.open(text, before: known, search)].compactMap(\.self)
        if let first = open.min() {
          end = min(end, layers.reversed().reduce(first) { $1.source(of: $0) })
        }
      }
      guard let next, next.isChanged else { break }
      text = next.bytes
      layers.append(next)
    }
    merge(all)
    if let last = found.last(where: { $0.range.lowerBound < end }) {
      end = max(end, last.range.upperBound)
    }
  }

  /// Where a secret may have begun.
  private static func open(_ text: [UInt8], before end: Int, _ search: NeedleSearch) -> Int? {
    if let start = search.beginning(before: end, in: text) { return start }
    // A line of base64 may go on with the next; the end of an event is no reason to wait.
    let trimmed = text[..<end].lastIndex { ![0x09, 0x0A, 0x0D, 0x20].contains($0) } ?? 0
    guard trimmed + 1 < end else { return nil }
    return search.beginning(before: trimmed + 1, in: text, least: 4)
  }

  /// What was cut to a length may end inside a secret.
  private static func cut(_ text: [UInt8], _ search: NeedleSearch) -> Range<Int>? {
    let ellipses = [Array("…".utf8), Array("...".utf8)]
    let tail = ellipses.first { text.suffix($0.count).elementsEqual($0) }?.count ?? 0
    let end = text.count - tail
    return search.beginning(before: end, in: text, least: Redaction.shortestSecret)
      .map { $0..<text.count }
  }

  private mutating func merge(_ all: [Found]) {
    for next in all.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard let last = found.last, next.range.lowerBound < last.range.upperBound else {
        found.append(next)
        continue
      }
      let more = next.range.upperBound - last.range.upperBound
      guard more > 0 else { continue }
      found[found.count - 1].range = last.range.lowerBound..<next.range.upperBound
      found[found.count - 1].letters += more
    }
  }
}
