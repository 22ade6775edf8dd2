internal import Posix

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
  /// - Parameter run: What the whole text is.
  /// - Parameter least: So many letters of a secret at the end are its beginning.
  init(_ source: [UInt8], _ search: NeedleSearch, isLast: Bool, _ run: Run, least: Int) {
    end = source.count
    var layers: [UnescapedText] = []
    var text = source
    func place(of range: Range<Int>) -> Range<Int> {
      layers.reversed().reduce(range) { $1.source(of: $0) }
    }
    var all: [Found] = []
    // Where a secret may have begun: letter by letter, and as a dump.
    var opens: [Int] = []
    var openDumps: [Int] = []
    while true {
      search.matches(in: text) { range, letters in
        all.append(Found(range: place(of: range), letters: letters))
      }
      let dump =
        run == .other
        ? search.dumps.matches(in: text, isLast: isLast) { range, letters in
          all.append(Found(range: place(of: range), letters: letters))
        } : nil
      let next =
        run != .unbroken && layers.count < UnescapedText.deepest && !escapesSlashesOnly(text)
        ? UnescapedText(of: text, isWhole: isLast) : nil
      if !isLast {
        let known = next?.unfinished ?? text.count
        let letters = Self.open(text, before: known, search, least)
        func source(_ place: Int) -> Int { layers.reversed().reduce(place) { $1.source(of: $0) } }
        if let first = [next?.unfinished, letters].compactMap(\.self).min() {
          opens.append(source(first))
        }
        if let dump { openDumps.append(source(dump)) }
      }
      guard let next, next.isChanged else { break }
      text = next.bytes
      layers.append(next)
    }
    if isLast, let start = Self.cut(source, search) {
      all.append(Found(range: start..<source.count, letters: source.count - start))
    }
    merge(all)
    // What is found as a whole needs no more.
    openDumps.removeAll { open in found.contains { $0.range.contains(open) } }
    end = (opens + openDumps).min() ?? end
    if let last = found.last(where: { $0.range.lowerBound < end }) {
      end = max(end, last.range.upperBound)
    }
  }

  /// Where a secret may have begun.
  private static func open(
    _ text: [UInt8], before end: Int, _ search: NeedleSearch, _ least: Int
  ) -> Int? {
    if let start = search.beginning(before: end, in: text, least: least) { return start }
    // A line of base64 may go on with the next; the end of an event is no reason to wait.
    let trimmed = text[..<end].lastIndex { ![0x09, 0x0A, 0x0D, 0x20].contains($0) } ?? 0
    guard trimmed + 1 < end else { return nil }
    return search.beginning(before: trimmed + 1, in: text, least: 4)
  }

  /// Where a secret begins that goes on behind the end: what was cut to a length may end inside one, and inside
  /// an escape of one.
  private static func cut(_ source: [UInt8], _ search: NeedleSearch) -> Int? {
    let ellipses = [Array("…".utf8), Array("...".utf8)]
    let tail = ellipses.first { source.suffix($0.count).elementsEqual($0) }?.count ?? 0
    var text = Array(source.dropLast(tail))
    var layers: [UnescapedText] = []
    var starts: [Int] = []
    while true {
      let next =
        layers.count < UnescapedText.deepest ? UnescapedText(of: text, isWhole: false) : nil
      for end in [text.count, next?.unfinished].compactMap(\.self) {
        let start = search.beginning(before: end, in: text, least: Redaction.shortestSecret)
        if let start { starts.append(layers.reversed().reduce(start) { $1.source(of: $0) }) }
      }
      guard let next, next.isChanged else { return starts.min() }
      text = next.bytes
      layers.append(next)
    }
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
