import Gallery
import Posix

extension Studio {
  /// Removes bytes that a killed service or a broken download has left, once they are of no use: when no job
  /// of their time misses a picture or has an unknown outcome. Called when nothing runs any more.
  func tidy() async {
    let jobs = table.statuses
    guard let first = jobs.first?.submitted else { return }
    let now = SystemClock.secondsSince1970
    let open = jobs.filter(\.mayNeedLeftovers).map { $0.submitted...max($0.submitted, now) }
    await bench.archive.removeLeftovers { leftover in
      // Bytes that are older than every job known here may be of one that is not.
      leftover.modified >= first && !open.contains { $0.contains(leftover.modified) }
    }
  }
}

extension Archive {
  func removeLeftovers(where isUseless: (GalleryWriter.Leftover) -> Bool) {
    for leftover in writer.leftovers() where isUseless(leftover) { writer.remove(leftover) }
  }
}

extension JobStatus {
  /// Whether a person or the next service may still want bytes that were received and not filed.
  fileprivate var mayNeedLeftovers: Bool {
    if state == .unknown { return true }
    return members.contains { member in
      switch member.outcome {
      case .lost, .arriving: true
      case .saved, .refused: false
      }
    }
  }
}
