internal import Posix

/// The append-only journal: what was accepted, sent and received, one file a month.
///
/// Written by the one process that holds the gallery's lock; not `Sendable`.
package final class Journal {
  private let layout: GalleryLayout
  private var month = ""
  /// The latest month that has a file; empty where there is none.
  private var newestMonth: String?
  private var file: AppendOnlyFile?

  /// Touches no file until the first entry.
  package init(_ layout: GalleryLayout) {
    self.layout = layout
  }

  /// Writes an entry to the file of its month; on the disk when this returns. A clock that was set back
  /// does not lead back to an earlier file: the lines stand in the order they were written.
  ///
  /// When it throws (`noSpace`, `cannotWrite`) the entry may be in the journal in part, which is left
  /// out when it is read, or as a whole: what it announces must not be done, and it may be repeated.
  package func append(_ entry: JournalEntry) throws(GalleryError) {
    let line: String
    do {
      line = try JournalLine.text(entry)
    } catch {
      throw GalleryError(
        .malformed, "The journal cannot hold an entry of job \(entry.job): \(error).")
    }
    do throws(PosixError) {
      let wanted = max(entry.time.month, try latestMonth())
      if file == nil || month != wanted {
        file = try AppendOnlyFile(path: layout.journal(month: wanted))
        (month, newestMonth) = (wanted, wanted)
      }
      try file?.append(line)
    } catch {
      file = nil
      throw GalleryError(writing: error)
    }
  }

  private func latestMonth() throws(PosixError) -> String {
    if let newestMonth { return newestMonth }
    try FileSystem.createDirectory(layout.journalDirectory, mode: 0o700)
    let latest =
      try DirectoryListing(of: layout.journalDirectory).entries
      .compactMap { GalleryLayout.month(ofJournal: $0.name) }.max() ?? ""
    newestMonth = latest
    return latest
  }
}
