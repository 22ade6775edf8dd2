import HTTP
import Jobs

extension ControlServer {
  static func events(of studio: Studio) -> HTTPReply {
    HTTPReply(
      status: 200,
      headers: [HTTPHeader(name: "Content-Type", value: "text/event-stream")],
      body: .stream { writer in
        let listener = studio.hub.listen()
        defer { studio.hub.remove(listener) }
        var batch = await studio.present
        do {
          // Sends the head of the reply, so that the listener knows it is heard.
          try await writer.write(": listening\n\n")
          while true {
            for event in batch { try await writer.write(bytes(of: event, in: studio)) }
            guard let next = await listener.next() else { return }
            batch = next
          }
        } catch {
          // The listener has gone away; no job depends on it.
        }
      })
  }

  /// One event of the stream.
  static func bytes(of event: StudioEvent, in studio: Studio? = nil) -> [UInt8] {
    let (name, data) =
      switch event {
      case .job(let status): ("job", encoded(status, in: studio))
      case .queue(let status): ("queue", encoded(status))
      case .gallery: ("gallery", Array("{}".utf8))
      }
    return Array("event: \(name)\ndata: ".utf8) + data + [10, 10]
  }
}

extension Studio {
  /// Where things stand, for somebody who begins to listen.
  fileprivate var present: [StudioEvent] {
    [.queue(queueStatus)] + jobs().filter { !$0.state.isFinal }.map { .job($0) }
  }
}
