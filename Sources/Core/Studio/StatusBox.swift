import Synchronization

/// The status of a reply, set when its head arrives and read when its body does.
final class StatusBox: Sendable {
  private let status = Atomic(0)

  func set(_ value: Int) {
    status.store(value, ordering: .relaxed)
  }

  /// 200: the body is what was asked for.
  var isSuccess: Bool { status.load(ordering: .relaxed) == 200 }
}
