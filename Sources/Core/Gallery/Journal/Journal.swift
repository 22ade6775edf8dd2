internal import Posix

/// The append-only journal: what was accepted, sent and received, one file a month.
///
/// Written by the one process that holds the gallery's lock; not `Sendable`.
package final class Journal {
  private let layout: GalleryLayout
  private let spoolDirectory: SpoolDirectory?
  private var month = ""
  private var file: AppendOnlyFile?
  /// Whether the gallery has a lock, which must be there still when a file is opened.
  private let isLocked: Bool
  /// Whether the spool directory has lines.
  private var isAway: Bool
  /// What found a place on no disk, in order.
  private var unwritten: [JournalEntry] = []

  /// Entries that are held in memory at most.
  private static let capacity = 20_000
  /// Bytes set aside for what is still to be said of requests that are about to leave.
  private static let reserve = 256 << 10

  /// Touches no file until the first entry.
  ///
  /// - Parameter spoolDirectory: Where lines go that cannot be written to the gallery.
  package init(_ layout: GalleryLayout, spoolDirectory: SpoolDirectory? = nil) {
    self.layout = layout
    self.spoolDirectory = spoolDirectory
    isLocked = FileSystem.exists(layout.lock)
    isAway = spoolDirectory?.hasLines ?? false
  }

  /// How many entries are in memory only, for want of a disk that takes them.
  package var heldEntries: Int { unwritten.count }

  /// Writes an entry to the file of its month; on the disk when this returns. A clock that was set back
  /// does not lead back to an earlier file: the lines stand in the order they were written.
  ///
  /// When it throws (`noSpace`, `cannotWrite`) the entry may be in the journal in part, which is left
  /// out when it is read, or as a whole: what it announces must not be done, and it may be repeated. An
  /// intent that could not be taken back is cancelled, so that nobody who reads it sends what was refused.
  package func append(_ entry: JournalEntry) throws(GalleryError) { try append([entry]) }

  /// The same for entries of one moment that belong together, in one file and by one write: after a crash
  /// the first of them may be there without the others.
  package func append(_ entries: [JournalEntry]) throws(GalleryError) {
    try recover()
    try write(entries)
  }

  /// Writes down what has happened already: in the gallery, else in the spool directory, else it is held in
  /// memory and written later.
  ///
  /// - Returns: Why it is not in the gallery; nil when it is.
  package func note(_ entry: JournalEntry) -> GalleryError? {
    do throws(GalleryError) {
      try append(entry)
      return nil
    } catch {
      if error.code != .malformed { takeAway(entry) }
      return error
    }
  }

  /// Sets room aside, so that a disk that fills up meanwhile still takes the lines of requests under way.
  package func reserveRoom() throws(GalleryError) {
    do throws(PosixError) {
      try open(Timestamp.now())
      try file?.reserve(Self.reserve)
    } catch {
      throw GalleryError(writing: error)
    }
  }

  /// Takes the lines that are elsewhere into the gallery, each once, before any new one. Does nothing
  /// when there are none.
  package func recover() throws(GalleryError) {
    guard isAway || !unwritten.isEmpty else { return }
    let entries = try elsewhere().entries + unwritten
    // An earlier attempt may have come half the way.
    for entry in entries.missing(from: try written()) { try write([entry]) }
    do throws(PosixError) {
      if isAway { try spoolDirectory?.removeLines() }
    } catch {
      throw GalleryError(writing: error)
    }
    (isAway, unwritten) = (false, [])
  }

  /// What the spool directory has, read whether or not the gallery can be written. Lines that are in the gallery
  /// already may be among them.
  package func elsewhere() throws(GalleryError) -> JournalContents {
    guard isAway, let spoolDirectory else { return JournalContents() }
    return try JournalContents(file: spoolDirectory.journal)
  }

  /// A journal that cannot be read cannot be completed either.
  private func written() throws(GalleryError) -> [JournalEntry] {
    do throws(GalleryError) {
      return try JournalContents(layout).entries
    } catch {
      throw GalleryError(.cannotWrite, error.message)
    }
  }

  private func write(_ entries: [JournalEntry]) throws(GalleryError) {
    guard let time = entries.first?.time else { return }
    var lines: [String] = []
    for entry in entries { lines.append(try Self.line(entry)) }
    do throws(PosixError) {
      try open(time)
      try file?.append(lines)
    } catch {
      file = nil
      if AppendOnlyFile.mayHoldLine(after: error) {
        for entry in entries {
          guard case .intent = entry.event else { continue }
          takeAway(JournalEntry(job: entry.job, time: entry.time, event: .cancelled))
        }
      }
      if isLocked { try layout.checkPresence() }
      throw GalleryError(writing: error)
    }
  }

  private func open(_ time: Timestamp) throws(PosixError) {
    let wanted = max(time.month, month)
    if month == wanted, file?.isInPlace == true { return }
    file = nil
    guard !isLocked || FileSystem.exists(layout.lock) else {
      throw PosixError("find", path: layout.privateDirectory, code: PosixError.doesNotExist)
    }
    try layout.checkInside(layout.journalDirectory)
    try FileSystem.createDirectory(
      layout.journalDirectory, mode: 0o700, within: isLocked ? layout.privateDirectory : nil)
    month = max(wanted, try latestMonth())
    file = try Self.open(layout.journal(month: month))
  }

  /// Writes what only memory has to any disk that takes it now.
  package func settle() {
    guard !unwritten.isEmpty, (try? recover()) == nil else { return }
    takeAway()
  }

  private func takeAway(_ entry: JournalEntry) {
    unwritten.append(entry)
    if unwritten.count > Self.capacity { unwritten.removeFirst() }
    takeAway()
  }

  private func takeAway() {
    guard let spoolDirectory else { return }
    do {
      try spoolDirectory.append(try unwritten.map { entry in try Self.line(entry) })
      unwritten = []
      isAway = true
    } catch {
      // They stay in memory, and go with the next one.
      isAway = spoolDirectory.hasLines
    }
  }

  private static func line(_ entry: JournalEntry) throws(GalleryError) -> String {
    do {
      return try JournalLine.text(entry)
    } catch {
      throw GalleryError(
        .malformed, "The journal cannot hold an entry of job \(entry.job): \(error).")
    }
  }

  /// Cuts off what a crash has left of a last line, so that nobody stumbles over it again. What cannot be
  /// cut off is left out at every reading.
  package func mend(_ damage: [JournalContents.Damage]) {
    for damage in damage where damage.isLast { try? Self.open(damage.file).mend() }
  }

  /// A last line that only lacks its line feed is kept: it may hold the one address of a picture.
  private static func open(_ path: String) throws(PosixError) -> AppendOnlyFile {
    try AppendOnlyFile(path: path) { end in
      if case .success = JournalLine.entry(end) { true } else { false }
    }
  }

  /// The latest month that has a file; empty where there is none.
  private func latestMonth() throws(PosixError) -> String {
    try DirectoryListing(of: layout.journalDirectory).entries
      .compactMap { GalleryLayout.month(ofJournal: $0.name) }.max() ?? ""
  }
}

extension [JournalEntry] {
  /// Those that are not among others, in their order.
  package func missing(from others: [JournalEntry]) -> [JournalEntry] {
    if isEmpty { return [] }
    let known = Dictionary(grouping: others, by: \.job)
    return filter { known[$0.job]?.contains($0) != true }
  }
}
