import HTTP
import Seedream

/// The reply to a request that became a job, written from what is told of it. One picture is told once it is
/// in the gallery, and none that is not.
struct RecordedReply: Sendable {
  private let reading: RequestReader.Reading
  private let created: Int
  private let address: SignedAddress
  private let news: AsyncStream<RecordedJob>
  /// Where the job stood when it was clear what the reply begins with.
  let start: RecordedJob

  /// Waits until it is clear what the reply begins with: a stream's first picture, or the end of the job.
  ///
  /// - Throws: `Refusal` for a job without a picture, `CancellationError` where nobody waits any more.
  init(
    _ job: RecordedJob, _ reading: RequestReader.Reading, created: Int, _ address: SignedAddress
  ) async throws {
    self.reading = reading
    self.created = created
    self.address = address
    news = address.recorder.follow(job.id)
    var latest = job
    func isClear() -> Bool {
      latest.ending != nil || reading.wantsEvents && !latest.settled.isEmpty
    }
    var states = news.makeAsyncIterator()
    while !isClear(), let next = await states.next() { latest = next }
    guard isClear() else {
      try Task.checkCancellation()
      throw Refusal.lineBroken(job.id)
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
      latest = next
    }
    try Task.checkCancellation()
    let error = APIError(
      code: Refusal.outcomeUnknown, message: Refusal.lineBroken(latest.id).message)
    try await write(rewriter.take(.failed(error)), take)
  }

  /// - Parameter path: Of the picture whose bytes belong in it.
  private func write(
    _ pieces: [ReplyRewriter.Piece], picture path: String = "",
    _ take: ([UInt8]) async throws -> Void
  ) async throws {
    for piece in pieces {
      switch piece {
      case .text(let text): try await take(text)
      case .image:
        var text = Base64Text()
        try await PictureFile.pieces(of: path) { try await take(text.of($0)) }
        try await take(text.end())
      }
    }
  }

  private func tell(
    _ member: RecordedJob.Member, _ rewriter: inout ReplyRewriter,
    _ take: ([UInt8]) async throws -> Void
  ) async throws {
    switch member.outcome {
    case .coming: return
    case .refused(let error):
      try await write(rewriter.take(.memberRefused(index: member.index, error)), take)
    case .lost(let message):
      let error = APIError(code: Refusal.notSaved, message: message)
      try await write(rewriter.take(.memberRefused(index: member.index, error)), take)
    case .saved(let picture):
      var reply = PictureReply(
        index: member.index, source: .url(""), size: picture.size,
        outputFormat: reading.request.outputFormat == nil ? nil : picture.file.format,
        background: picture.background, layer: picture.layer)
      switch reading.request.responseFormat {
      case .url: reply.source = .url(picture.address ?? address.text(of: picture))
      case .base64:
        reply.source = .inline(image: member.index, byteCount: picture.file.byteCount)
      }
      try await write(rewriter.take(.picture(reply)), picture: picture.file.path, take)
    }
  }
}

extension ReplyRewriter {
  fileprivate mutating func end(
    _ job: RecordedJob, _ ending: RecordedJob.Ending
  ) -> [Piece] {
    _ = take(.completed(Completion(model: job.model, usage: job.usage ?? Usage())))
    switch ending {
    case .over: return take(.finished)
    case .refused(let error): return take(.failed(error))
    case .notDrawn(let message):
      return take(.failed(APIError(code: "NotDrawn", message: message)))
    case .cancelled(let message, _):
      return take(.failed(APIError(code: Refusal.wasCancelled, message: message)))
    case .unknown(let message):
      return take(.failed(APIError(code: Refusal.outcomeUnknown, message: message)))
    }
  }
}
