package import Seedream

/// A reply read through, and what it said.
package struct Heard: Equatable {
  /// Without `imageBytes`.
  package var events: [ReplyEvent] = []
  package var images: [Int: [UInt8]] = [:]

  /// Reads a body in pieces that end at the given offsets.
  package init(
    _ body: [UInt8], cutAt cuts: [Int] = [], status: Int = 200, requestID: String? = nil,
    dialect: Dialect = .ark, limits: ReplyLimits = ReplyLimits(), job: PendingJob? = nil,
    address: String? = nil, sent: Set<String> = []
  ) {
    var parser = ReplyParser(
      status: status, requestID: requestID, dialect: dialect, limits: limits, job: job,
      address: address, sent: sent)
    var start = 0
    for end in cuts + [body.count] {
      take(parser.consume(Array(body[start..<end])))
      start = end
    }
    take(parser.finish())
  }

  package init(
    _ body: String, status: Int = 200, requestID: String? = nil, dialect: Dialect = .ark,
    job: PendingJob? = nil
  ) {
    self.init(
      Array(body.utf8), status: status, requestID: requestID, dialect: dialect, job: job)
  }

  private mutating func take(_ new: [ReplyEvent]) {
    for event in new {
      if case .imageBytes(let image, let bytes) = event {
        images[image, default: []] += bytes
      } else {
        events.append(event)
      }
    }
  }

  /// The bytes of pictures that came inside, by their numbers.
  package var claimed: [Int: [UInt8]] {
    pictures.reduce(into: [:]) { claimed, picture in
      if case .inline(let image, _) = picture.source { claimed[image] = images[image] }
    }
  }

  package var pictures: [PictureReply] {
    events.compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
  }
  package var refused: [APIError] {
    events.compactMap { if case .memberRefused(_, let error) = $0 { error } else { nil } }
  }
  package var completion: Completion? {
    events.lazy.compactMap { if case .completed(let end) = $0 { end } else { nil } }.last
  }
  package var isUnreadable: Bool {
    if case .unreadable? = events.last { true } else { false }
  }
  package var failure: APIError? {
    if case .failed(let error)? = events.last { error } else { nil }
  }
}
