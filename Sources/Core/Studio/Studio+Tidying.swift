import Gallery
import Jobs

extension Studio {
  /// Removes bytes that a killed service or a broken download has left, once they are of no use: when no
  /// job misses a picture or has an unknown outcome. Called when nothing runs any more.
  ///
  /// No clock says whose bytes they are: it may have been set back while they came.
  func tidy() async {
    let jobs = table.statuses
    guard let first = jobs.map(\.submitted).min(), !jobs.contains(where: \.mayNeedLeftovers),
      table.incomplete.isEmpty
    else { return }
    // Bytes that are older than every job known here may be of one that is not.
    await dependencies.galleryActor.removeLeftovers { $0.modified >= first }
  }
}

extension GalleryActor {
  /// Leaves alone what a line names that is not in the gallery yet.
  func removeLeftovers(where isUseless: (GalleryWriter.Leftover) -> Bool) {
    guard journal.heldEntries == 0, let lines = try? journal.elsewhere() else { return }
    let named = Set(lines.entries.compactMap(\.file))
    for leftover in writer.leftovers() where !named.contains(leftover.path) && isUseless(leftover) {
      writer.remove(leftover)
    }
  }
}

extension JournalEntry {
  /// The file it says the bytes of a picture are in.
  fileprivate var file: String? {
    if case .result(_, .file(let path), _) = event { path } else { nil }
  }
}

extension JobStatus {
  /// Whether a user or the next service may still want bytes that were received and not filed.
  fileprivate var mayNeedLeftovers: Bool {
    if state.phase == .unknown { return true }
    return members.contains { member in
      switch member.outcome {
      case .lost, .arriving: true
      case .saved, .refused: false
      }
    }
  }
}
