import Paging
import Posix
import Seedream

@testable import Gallery

/// An index in memory.
final class ArrayIndex: PictureIndex, IndexWriter {
  private var pictures: [PictureRecord] = []
  private var trash: [TrashedPicture] = []
  /// The ids that every change since the first mark was about.
  private var changed: [String] = []
  private var firstMark: Int64 = 1000
  /// Of `pictures`; nil after a change.
  private var folded: [FoldedPicture]?

  // MARK: Writing

  private(set) var isNew = true

  func contains(_ job: JobID) -> Bool {
    let all = pictures + trash.map(\.picture)
    return all.contains { $0.id.job == job }
      || pictures.contains { $0.parents.contains { $0.job == job } }
  }

  func picture(_ id: PictureID) -> PictureRecord? { pictures.first { $0.id == id } }

  func trashPaths() -> Set<String> { Set(trash.map(\.picture.path)) }

  func trashed(_ id: PictureID) -> TrashedPicture? {
    trashedPictures().first { $0.picture.id == id }
  }

  func insert(_ record: PictureRecord) -> PictureRecord {
    remove(record.id)
    var record = record
    var key = PictureRecord.position(of: record.id, created: record.created).key
    let keys = Set(pictures.map(\.position.key))
    while keys.contains(key) { key += 1 }
    record.position = PicturePosition(key: key)
    pictures.append(record)
    note(record)
    return record
  }

  func replaceAll(_ records: [PictureRecord], trash: [TrashedPicture]) {
    pictures = []
    for record in records { _ = insert(record) }
    self.trash = trash
    isNew = false
    firstMark += Int64(changed.count) + 1
    changed = []
  }

  func moveToTrash(_ picture: TrashedPicture, from: String) {
    if pictures.contains(where: { $0.id == picture.picture.id && $0.path == from }) {
      remove(picture.picture.id)
    }
    trash.append(picture)
  }

  func restore(_ record: PictureRecord, from trashPath: String) -> PictureRecord {
    removeFromTrash(trashPath)
    return insert(record)
  }

  func removeFromTrash(_ path: String) { trash.removeAll { $0.picture.path == path } }

  private func remove(_ id: PictureID) {
    guard let place = pictures.firstIndex(where: { $0.id == id }) else { return }
    note(pictures.remove(at: place))
  }

  private func note(_ record: PictureRecord) {
    folded = nil
    changed.append(record.id.description)
    guard record.layer != nil else { return }
    changed += pictures.filter { $0.id.job == record.id.job }.map(\.id.description)
  }

  // MARK: Lists

  private func rows(matching words: String) -> [FoldedPicture] {
    let all = folded ?? foldedRows(of: pictures)
    folded = all
    return words.isEmpty ? all : all.filter { Self.matches($0.picture.prompt, words) }
  }

  func page(_ request: PageRequest) -> PicturePage<FoldedPicture> {
    let all = rows(matching: request.filter.words)
    let limit = max(1, request.limit)
    var wanted: Int?
    func place(_ position: PicturePosition) -> Int {
      all.firstIndex { $0.picture.position <= position } ?? max(0, all.count - 1)
    }
    var range = 0..<min(limit, all.count)
    switch request.start {
    case .first: break
    case .last: range = max(0, all.count - limit)..<all.count
    case .before(let position):
      let first = all.firstIndex { $0.picture.position < position } ?? all.count
      range = first..<min(all.count, first + limit)
    case .after(let position):
      let end = all.firstIndex { $0.picture.position <= position } ?? all.count
      range = max(0, end - limit)..<end
    case .row(let row): wanted = min(max(0, row), all.count - 1)
    case .around(let position): wanted = place(position)
    case .day(let day):
      let end = CalendarTime.start(ofYear: day.year, month: day.month, day: day.day + 1)
      wanted = place(PicturePosition(key: PicturePosition(startOf: end).key - 1))
    case .picture(let id):
      wanted = all.firstIndex { row in
        ([row.picture] + row.layers).contains { $0.id.description == id }
      }
    }
    if let row = wanted, !all.isEmpty {
      let first = max(0, min(row - limit / 2, all.count - limit))
      range = first..<min(all.count, first + limit)
      wanted = row - first
    }
    let isCounted = request.isCounted || request.filter.words.isEmpty
    return PicturePage(
      rows: Array(all[range]), firstRow: isCounted ? range.lowerBound : nil,
      wanted: all.isEmpty ? nil : wanted, total: isCounted ? all.count : nil,
      reachesStart: range.lowerBound == 0, reachesEnd: range.upperBound == all.count,
      mark: firstMark + Int64(changed.count))
  }

  func changes(
    since mark: Int64, above position: PicturePosition?
  ) -> PageChanges<FoldedPicture>? {
    guard mark >= firstMark, mark <= firstMark + Int64(changed.count) else { return nil }
    let ids = Set(changed[Int(mark - firstMark)...])
    guard ids.count <= 200 else { return nil }
    let all = rows(matching: "")
    let found = all.filter { ids.contains($0.picture.id.description) }
    return PageChanges(
      changed: found, removed: Array(ids.subtracting(found.map(\.picture.id.description))),
      total: all.count,
      newer: position.map { position in all.count { $0.picture.position > position } },
      mark: firstMark + Int64(changed.count))
  }

  func search(
    _ words: String, limit: Int, before position: PicturePosition?, isFolded: Bool
  ) -> [PictureRecord] {
    let all = isFolded ? rows(matching: "").map(\.picture) : newestFirst
    return Array(
      all.filter { picture in
        position.map { picture.position < $0 } ?? true && Self.matches(picture.prompt, words)
      }.prefix(limit))
  }

  func count(matching words: String) -> Int {
    pictures.count { Self.matches($0.prompt, words) }
  }

  private var newestFirst: [PictureRecord] { pictures.sorted { $0.position > $1.position } }

  // MARK: Pictures

  func picture(_ text: String) throws(GalleryError) -> PictureRecord {
    try PictureID.choose(
      text, \.id,
      among: { prefix in
        pictures.filter { $0.id.description.hasPrefix(prefix) }
          .sorted { $0.id.description < $1.id.description }.prefix(9) + []
      }, missing: { "'\($0)' is not here." })
  }

  func pictures(of job: JobID) -> [PictureRecord] {
    newestFirst.reversed().filter { $0.id.job == job }
  }

  func children(of id: PictureID) -> [ChildPicture] {
    newestFirst.reversed().flatMap { picture in
      picture.parentEdges.filter { $0.id == id }.map(\.kind)
        .sorted { $0.rawValue < $1.rawValue }.map { ChildPicture(picture, $0) }
    }
  }

  func pictures(of experiment: ExperimentID) -> [PictureRecord] {
    newestFirst.reversed().filter { $0.experiment == experiment }
  }

  func trashedPictures() -> [TrashedPicture] {
    trash.sorted { ($1.trashed, $0.picture.path) < ($0.trashed, $1.picture.path) }
  }

  func trashedPicture(_ text: String) throws(GalleryError) -> TrashedPicture {
    var ids: Set<PictureID> = []
    let latest = trashedPictures().filter { ids.insert($0.picture.id).inserted }
    return try PictureID.choose(
      text, \.picture.id,
      among: { prefix in
        latest.filter { $0.picture.id.description.hasPrefix(prefix) }
          .sorted { $0.picture.id.description < $1.picture.id.description }.prefix(9) + []
      }, missing: { "'\($0)' is not here." })
  }

  // MARK: Words

  /// Every word as a run of letters, the last one perhaps unfinished.
  private static func matches(_ prompt: String, _ words: String) -> Bool {
    guard SearchText.query(words) != nil else { return true }
    let text = tokens(prompt)
    let phrases = words.split(whereSeparator: \.isWhitespace).map { tokens(String($0)) }
      .filter { !$0.isEmpty }
    let isUnfinished = SearchText.query(words)?.hasSuffix("*") == true
    return phrases.enumerated().allSatisfy { place, phrase in
      text.indices.contains { start in
        guard start + phrase.count <= text.count else { return false }
        return phrase.indices.allSatisfy { letter in
          let isLast =
            isUnfinished && place == phrases.count - 1 && letter == phrase.count - 1
          let word = text[start + letter]
          return isLast ? word.hasPrefix(phrase[letter]) : word == phrase[letter]
        }
      }
    }
  }

  private static func tokens(_ text: String) -> [String] {
    SearchText.indexed(text).lowercased().replacing("\u{E9}", with: "e")
      .split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
