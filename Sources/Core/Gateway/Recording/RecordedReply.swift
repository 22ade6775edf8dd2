import HTTP
import Jobs
import Posix
import Seedream

/// The reply to a request that became a job or several, written from what is told of them. One picture is told once it is
/// in the gallery, and none that is not.
struct RecordedReply: Sendable {
  private let reading: RequestReader.Reading
  private let created: Int
  private let address: SignedAddress
  private let news: AsyncStream<[JobStatus]>
  /// Where the jobs stood when it was clear what the reply begins with.
  let start: RecordedSet

  /// Waits until it is clear what the reply begins with: a stream's first picture, or the end of the job.
  ///
  /// - Throws: `Refusal` for a job without a picture, `CancellationError` where nobody waits any more.
  init(
    _ jobs: [JobStatus], _ reading: RequestReader.Reading, created: Int, _ address: SignedAddress
  ) async throws {
    self.reading = reading
    self.created = created
    self.address = address
    news = await address.recorder.follow(jobs.map(\.id))
    var latest = RecordedSet(jobs)
    func isClear() -> Bool {
      latest.ending != nil || reading.wantsEvents && !latest.settled.isEmpty
    }
    var states = news.makeAsyncIterator()
    while !isClear(), let next = await states.next() { latest = RecordedSet(next) }
    guard isClear() else {
      try Task.checkCancellation()
      throw Refusal.lineBroken(latest.id)
    }
    if let refusal = Refusal(latest, isStream: reading.wantsEvents) { throw refusal }
    start = latest
  }

  /// Whether its length is small, so that it can be told before it is sent.
  var isShort: Bool { !reading.wantsEvents && reading.request.responseFormat == .url }

  /// Hands over all pieces in order; ends early where nobody waits any more.
  ///
  /// - Throws: What `take` throws, and why a picture cannot be read.
  func pieces(_ take: ([UInt8]) async throws -> Void) async throws {
    var rewriter = ReplyRewriter(
      form: reading.wantsEvents ? .events : .document, model: reading.modelName, created: created)
    var told: Set<Int> = []
    var latest = start
    var states = news.makeAsyncIterator()
    try await take(Array(rewriter.head.utf8))
    while true {
      for member in latest.settled where told.insert(member.index).inserted {
        try await tell(member, &rewriter, take)
      }
      if let ending = latest.ending {
        return try await write(rewriter.end(latest, ending), take)
      }
      guard let next = await states.next() else { break }
      latest = RecordedSet(next)
    }
    try Task.checkCancellation()
    let error = APIError(
      code: Refusal.outcomeUnknown, message: Refusal.lineBroken(latest.id).message)
    try await write(rewriter.take(.failed(error)), take)
  }

  /// - Parameter id: Of the picture whose bytes belong in it.
  private func write(
    _ pieces: [ReplyRewriter.Piece], picture id: String = "",
    _ take: ([UInt8]) async throws -> Void
  ) async throws {
    for piece in pieces {
      switch piece {
      case .text(let text): try await take(text)
      case .image:
        var text = Base64Text()
        guard let file = await address.recorder.file(id) else {
          throw PosixError("read", path: id, code: PosixError.doesNotExist)
        }
        try await PictureFileReader.pieces(of: file.path) { try await take(text.of($0)) }
        try await take(text.end())
      }
    }
  }

  private func tell(
    _ member: JobStatus.Member, _ rewriter: inout ReplyRewriter,
    _ take: ([UInt8]) async throws -> Void
  ) async throws {
    switch member.outcome {
    case .arriving: return
    case .refused(let code, let message, let requestID):
      let error = APIError(code: code, message: member.said ?? message, requestID: requestID)
      try await write(rewriter.take(.memberRefused(index: member.index, error)), take)
    case .lost(let message, _):
      let error = APIError(code: Refusal.notSaved, message: message)
      try await write(rewriter.take(.memberRefused(index: member.index, error)), take)
    case .saved(let picture):
      var reply = PictureReply(
        index: member.index, source: .url(""),
        size: picture.width > 0 ? PixelSize(picture.width, picture.height) : nil,
        outputFormat: reading.request.outputFormat == nil ? nil : picture.format,
        background: picture.background, layer: picture.layer)
      switch reading.request.responseFormat {
      case .url: reply.source = .url(member.address ?? address.text(of: picture))
      case .base64:
        reply.source = .inline(image: member.index, byteCount: picture.byteCount)
      }
      try await write(rewriter.take(.picture(reply)), picture: picture.id, take)
    }
  }
}

extension ReplyRewriter {
  fileprivate mutating func end(_ jobs: RecordedSet, _ ending: JobEnding) -> [Piece] {
    _ = take(.completed(Completion(model: jobs.model, usage: jobs.usage ?? Usage())))
    return take(ending.error.map { .failed($0) } ?? .finished)
  }
}
