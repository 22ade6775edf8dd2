internal import Posix

/// Names in a gallery's directories that are not UTF-8: no record, index or command can name them, so they are
/// passed over, and that is said.
package struct UnreadableNames: Equatable, Sendable {
  package private(set) var count = 0
  /// One of them below the gallery's root, its bytes escaped where they are no text.
  package private(set) var example: String?

  init() {}

  /// Those of a gallery, in its root and the directories of its days. Blocks for as long as listing them takes;
  /// what cannot be listed is passed over.
  package init(in layout: GalleryLayout) {
    guard let root = try? DirectoryListing(of: layout.root) else { return }
    note(root, in: nil)
    for day in root.entries where GalleryLayout.isDay(day.name) {
      if let listing = try? DirectoryListing(of: layout.path(relative: day.name)) {
        note(listing, in: day.name)
      }
    }
  }

  /// - Parameter day: Nil for the root.
  mutating func note(_ listing: DirectoryListing, in day: String?) {
    guard let name = listing.unreadableName else { return }
    count += listing.unreadableNameCount
    if example == nil { example = (day.map { $0 + "/" } ?? "") + name }
  }

  /// Nil where there are none.
  package var sentence: String? {
    guard let example else { return nil }
    return count == 1
      ? "the name \(example) is not UTF-8 and passed over: give it another"
      : "\(count) names are not UTF-8 and passed over, \(example) among them: give them others"
  }
}
