import Jobs
import Seedream

/// How long jobs have taken that ended well: the median of the last of the same model, provider and size of
/// set.
struct UsualTimes {
  private static let capacity = 20

  private struct Kind: Hashable {
    var model: String
    var provider: String
    /// 1, 2…4, 5…8, 9…15 pictures: 0, 1, 2, 3.
    var setSize: Int

    init(_ status: JobStatus) {
      model = status.modelName
      provider = status.provider
      setSize = [1, 4, 8].count { $0 < status.request.count }
    }
  }

  /// In seconds, the newest last.
  private var times: [Kind: [Double]] = [:]

  /// Takes in how long a job took from its request to its last picture; nothing for one that did not end
  /// well, or while the clock was set.
  mutating func apply(_ status: JobStatus) {
    guard status.state == .done, let sent = status.sent, let finished = status.finished,
      finished > sent
    else { return }
    let kind = Kind(status)
    times[kind] = (times[kind] ?? []).suffix(Self.capacity - 1) + [finished - sent]
  }

  /// Seconds a job like this one takes; nil where none has been seen.
  func median(of status: JobStatus) -> Double? {
    guard let sorted = times[Kind(status)]?.sorted(), !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
