internal import Posix

/// What the journal says, read from its files in the order of their months.
package struct JournalContents: Equatable, Sendable {
  package private(set) var entries: [JournalEntry] = []
  package private(set) var damage: [Damage] = []

  /// A line that was left out.
  package struct Damage: Equatable, Sendable {
    package var file: String
    /// From 1.
    package var line: Int
    /// True for the end of a file without its line feed: what a power cut leaves behind.
    package var isLast: Bool
    /// How many entries were read before it.
    package var position: Int
    /// A sentence for a user.
    package var message: String
  }

  /// A month larger than this is not believed, in bytes.
  package static let maximumBytes = 512 << 20

  /// Of no file.
  init() {}

  /// Reads every month there is; a gallery without a journal has no entries. Torn and unknown lines
  /// are left out and reported.
  ///
  /// - Parameters:
  ///   - months: Only these, as `2026-11`; nil reads all.
  ///   - first: Only this month and those after it, also such as the clock has not come to; nil reads all.
  package init(
    _ layout: GalleryLayout, months: Set<String>? = nil, since first: String? = nil
  ) throws(GalleryError) {
    do throws(PosixError) {
      guard FileSystem.exists(layout.journalDirectory) else { return }
      for entry in try DirectoryListing(of: layout.journalDirectory).entries {
        guard entry.name.hasSuffix(".jsonl") else { continue }
        let month = String(entry.name.dropLast(6))
        if let months, !months.contains(month) { continue }
        if let first, month < first { continue }
        let path = layout.journalDirectory + "/" + entry.name
        read(try FileSystem.readFile(path, limit: Self.maximumBytes), from: path)
      }
    } catch {
      throw GalleryError(reading: error)
    }
  }

  /// Reads one file; there are no entries where there is no file.
  init(file path: String) throws(GalleryError) {
    guard FileSystem.exists(path) else { return }
    do throws(PosixError) {
      read(try FileSystem.readFile(path, limit: Self.maximumBytes), from: path)
    } catch {
      throw GalleryError(reading: error)
    }
  }

  private mutating func read(_ bytes: [UInt8], from path: String) {
    var number = 0
    var start = bytes.startIndex
    while start < bytes.endIndex {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A)
      let line = bytes[start..<(end ?? bytes.endIndex)]
      start = end.map { $0 + 1 } ?? bytes.endIndex
      if line.isEmpty { continue }
      switch JournalLine.entry(line) {
      case .success(let entry): entries.append(entry)
      case .failure(let fault):
        let reason =
          switch fault {
          case .torn where end == nil: "was cut short by a crash or a full disk"
          case .torn: "was cut short or changed"
          case .unknown(let reason): "cannot be understood (\(reason))"
          }
        damage.append(
          Damage(
            file: path, line: number, isLast: end == nil, position: entries.count,
            message: "Line \(number) of \(printable(path)) \(reason) and was left out."))
      }
    }
  }
}
