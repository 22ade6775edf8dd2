import FoundationEssentials
import Jobs
import Synchronization

/// Reads the service's events from the bytes of their stream. Our own server writes them, a line with
/// the name and one of data each, so nothing more of the format is understood.
final class EventReader: Sendable {
  private static let maximumBytes = 64 << 20
  private let unread = Mutex<[UInt8]>([])
  /// The name of the event whose data come next.
  private let event = Mutex("")
  private let onEvent: @Sendable (StudioEvent) -> Void

  init(onEvent: @escaping @Sendable (StudioEvent) -> Void) {
    self.onEvent = onEvent
  }

  /// The next bytes; every whole line among them that holds data becomes an event.
  func consume(_ bytes: ArraySlice<UInt8>) throws(StudioError) {
    let lines = unread.withLock { unread -> [ArraySlice<UInt8>] in
      // Only what is new: a long event comes in many pieces.
      guard let end = bytes.lastIndex(of: 0x0A) else {
        unread += bytes
        return []
      }
      let whole = unread + bytes[..<end]
      unread = Array(bytes[(end + 1)...])
      return whole.split(separator: 0x0A)
    }
    guard unread.withLock({ $0.count <= Self.maximumBytes }) else {
      throw StudioError(.badAnswer, "the service sent an event that is too long")
    }
    for line in lines {
      if let name = Self.value("event", line) {
        event.withLock { $0 = name }
      } else if let data = Self.value("data", line) {
        let name = event.withLock { name in
          defer { name = "" }
          return name
        }
        if let event = try Self.event(name, Data(data.utf8)) { onEvent(event) }
      }
    }
  }

  /// What stands behind the name of a field.
  private static func value(_ field: String, _ line: ArraySlice<UInt8>) -> String? {
    let marker = Array("\(field): ".utf8)
    guard line.starts(with: marker) else { return nil }
    return String(decoding: line.dropFirst(marker.count), as: UTF8.self)
  }

  /// Nil for one that a newer service sends.
  private static func event(_ name: String, _ data: Data) throws(StudioError) -> StudioEvent? {
    do {
      switch name {
      case "job": return .job(try JSONDecoder.ofService.decode(JobStatus.self, from: data))
      case "queue": return .queue(try JSONDecoder.ofService.decode(QueueStatus.self, from: data))
      case "gallery": return .gallery
      default: return nil
      }
    } catch {
      throw StudioError(.badAnswer, "the service's events are of another version")
    }
  }
}
