internal import Posix

extension GalleryWriter {
  /// Bytes of a picture that were never filed: kept aside, or in the temporary file of a writer that died.
  package struct Leftover: Equatable, Sendable {
    /// Relative to the gallery's root, or absolute in the spool directory, as the journal names it.
    package let path: String
    /// When the last bytes came, in seconds since 1970.
    package let modified: Double
  }

  /// All leftovers there are; directories that cannot be read have none.
  package func leftovers() -> [Leftover] {
    let days = (try? DirectoryListing(of: layout.root).entries.map(\.name)) ?? []
    let temporary = days.filter(GalleryLayout.isDay).flatMap { day in
      names(layout.path(relative: day)).filter(PendingFile.isLeftover).map { "\(day)/\($0)" }
    }
    let incoming = layout.relative(layout.incomingDirectory)
    let aside = names(layout.incomingDirectory).map { "\(incoming)/\($0)" }
    let away = spoolDirectory.map { spoolDirectory in
      names(spoolDirectory.picturesDirectory).map { "\(spoolDirectory.picturesDirectory)/\($0)" }
    }
    return (temporary + aside + (away ?? [])).compactMap { path in
      let file = try? FileInformation(of: absolute(path))
      return file.map { Leftover(path: path, modified: $0.modified) }
    }
  }

  /// Removes one that nobody needs any more, as far as that can be done.
  package func remove(_ leftover: Leftover) {
    try? FileSystem.remove(absolute(leftover.path))
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : layout.path(relative: path)
  }

  private func names(_ directory: String) -> [String] {
    let isOurs =
      directory == spoolDirectory?.picturesDirectory || (try? layout.checkInside(directory)) != nil
    return isOurs ? (try? DirectoryListing(of: directory).entries.map(\.name)) ?? [] : []
  }
}
