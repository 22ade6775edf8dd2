import FoundationEssentials
import Synchronization

/// Reads the service's events from the bytes of their stream. Our own server writes them, one line of
/// data each, so nothing more of the format is understood.
final class EventReader: Sendable {
  private static let maximumBytes = 64 << 20
  private let unread = Mutex<[UInt8]>([])
  private let onEvent: @Sendable (StudioEvent) -> Void

  init(onEvent: @escaping @Sendable (StudioEvent) -> Void) {
    self.onEvent = onEvent
  }

  /// The next bytes; every whole line among them that holds data becomes an event.
  func consume(_ bytes: [UInt8]) throws(StudioError) {
    let lines = unread.withLock { unread -> [ArraySlice<UInt8>] in
      unread += bytes
      guard let end = unread.lastIndex(of: 0x0A) else { return [] }
      let whole = unread[..<end]
      unread = Array(unread[(end + 1)...])
      return whole.split(separator: 0x0A)
    }
    guard unread.withLock({ $0.count <= Self.maximumBytes }) else {
      throw StudioError(.badAnswer, "the service sent an event that is too long")
    }
    let marker = Array("data: ".utf8)
    for line in lines where line.starts(with: marker) {
      guard
        let status = try? JSONDecoder().decode(
          JobStatus.self, from: Data(line.dropFirst(marker.count)))
      else { throw StudioError(.badAnswer, "the service's events are of another version") }
      onEvent(.job(status))
    }
  }
}
