internal import Posix

/// Which months of the journal may still matter, so that one of years is not read at every start.
///
/// A month is closed when nothing is left to do about any job in it. A note beside its file says so, and
/// how long the file was: one that has grown since, by a clock that was set back, is open again.
package struct JournalMonths {
  private let layout: GalleryLayout

  package init(_ layout: GalleryLayout) {
    self.layout = layout
  }

  /// The months to be read, as `2026-11`: the one before this, all after it, and the older ones from the
  /// first that is not closed. What became of a job of that month may stand in any later one.
  package func open(at now: Timestamp) throws(GalleryError) -> Set<String> {
    do throws(PosixError) {
      guard FileSystem.exists(layout.journalDirectory) else { return [] }
      let months = try DirectoryListing(of: layout.journalDirectory).entries.map(\.name)
        .filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }.sorted()
      let last = Self.month(before: now)
      return Set(months.drop { $0 < last && isClosed($0) })
    } catch {
      throw GalleryError(reading: error)
    }
  }

  /// Notes that nothing is left to do about the jobs of a month. One that is not older than the last is
  /// read at every start all the same. A note that cannot be written costs time only.
  package func close(_ month: String, at now: Timestamp) {
    guard month < Self.month(before: now), let size = size(of: month) else { return }
    try? DurableFile.write(Array("\(size)".utf8), to: note(month), mode: 0o600, replacing: true)
  }

  private func isClosed(_ month: String) -> Bool {
    guard let bytes = try? FileSystem.readFile(note(month), limit: 20), let size = size(of: month)
    else {
      return false
    }
    return String(decoding: bytes, as: UTF8.self) == "\(size)"
  }

  private func note(_ month: String) -> String { "\(layout.journalDirectory)/\(month).closed" }

  private func size(of month: String) -> Int? {
    (try? FileInformation(of: "\(layout.journalDirectory)/\(month).jsonl")).map(\.size)
  }

  private static func month(before now: Timestamp) -> String {
    // The first of this month minus a day is in the last month, whatever its length.
    let day = Int64(now.day.suffix(2)) ?? 1
    var before = now
    before.milliseconds -= day * 86_400_000
    return before.month
  }
}
