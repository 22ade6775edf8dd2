import Gallery
import Gateway
import Jobs
import Seedream
import Studio

extension RecordedJob {
  /// A job as the service tells it, in the words of the gateway.
  init(_ status: JobStatus) {
    self.init(
      id: status.id, members: status.members.compactMap(Member.init),
      requestID: status.providerRequestID, model: status.modelAnswered,
      usage: status.usage, ending: Ending(status))
  }
}

extension RecordedJob.Member {
  fileprivate init?(_ member: JobStatus.Member) {
    switch member.outcome {
    case .arriving: self.init(index: member.index, outcome: .coming)
    case .lost(let message, _): self.init(index: member.index, outcome: .lost(message))
    case .refused(let code, let message, let requestID):
      self.init(
        index: member.index,
        outcome: .refused(
          APIError(code: code, message: member.said ?? message, requestID: requestID)))
    case .saved(let picture):
      guard let file = RecordedFile(picture.path, byteCount: picture.byteCount) else { return nil }
      self.init(
        index: member.index,
        outcome: .saved(
          RecordedPicture(
            id: picture.id, file: file,
            size: picture.width > 0 ? PixelSize(picture.width, picture.height) : nil,
            address: member.address, background: picture.background, layer: picture.layer)))
    }
  }
}

extension RecordedFile {
  /// Nil for a name that is not a picture's.
  init?(_ path: String, byteCount: Int) {
    guard let dot = path.lastIndex(of: "."),
      let format = FileFormat(fileExtension: path[path.index(after: dot)...])
    else { return nil }
    self.init(path: path, byteCount: byteCount, format: format.image)
  }
}

extension RecordedJob.Ending {
  /// Nil for a job that goes on.
  fileprivate init?(_ status: JobStatus) {
    let message = status.message ?? "The provider drew nothing."
    switch status.state {
    case .queued, .sending, .running, .downloading: return nil
    case .unknown: self = .unknown(message)
    case .cancelled: self = .cancelled(message, mayBeBilled: status.sent != nil)
    case .done: self = .over
    case .partlyDone, .failed:
      if let error = status.error {
        self = .refused(error)
      } else {
        self = status.members.isEmpty ? .notDrawn(message) : .over
      }
    }
  }
}
