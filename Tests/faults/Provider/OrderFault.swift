/// What becomes of one request for pictures on its way through the relay.
enum OrderFault: Equatable, Sendable {
  /// Answered with this status before anybody could draw, and asked to come back soon.
  case refused(status: Int)
  /// The connection ends after so many bytes of the answer.
  case cut(after: Int)
  /// Answered in a form of some relay, or in one that nobody can read.
  case odd(seed: UInt64)
  /// Answered with a status and these words; what was asked for is drawn all the same unless it is free.
  case said(status: Int, String, isFree: Bool)
  /// The connection is reset; what was asked for is drawn.
  case reset
  /// Answered well, after a while.
  case slow(Duration)
  /// Nothing is said for a while after so many bytes, then the rest comes.
  case stalled(after: Int, Duration)
  /// Nothing is said for a while after so many bytes, then the connection ends.
  case stalledThenCut(after: Int, Duration)
}

/// What becomes of one fetch of a picture.
enum PictureFault: Equatable, Sendable {
  /// The connection ends after so many bytes.
  case cut(after: Int)
  /// Less than half of the picture, with a length that says this was all.
  case truncated
  /// The whole picture, with a length that promises more.
  case promisesMore
  case refused(status: Int)
}

/// What meets one question for a job that the provider has taken.
enum PollFault: Equatable, Sendable {
  /// Still at it.
  case pending
  case said(status: Int, String)
  /// Part of an answer.
  case cut
  case reset
  /// Nothing is said for a while, then the connection ends.
  case hung(Duration)
  /// Nobody listens for a while.
  case refused(Duration)
  /// The provider's word that the job failed, which draws nothing.
  case failed
}

/// How a provider behaves in one round.
struct Manners: Sendable {
  /// For the requests in the order they arrive; those after the last are answered well.
  var orders: [OrderFault?] = []
  /// For the questions for each job, in the order they arrive; then it is done.
  var polls: [PollFault] = []
  /// The same for fetches of pictures.
  var pictures: [PictureFault?] = []
  /// Between the pieces of an answer: so that a kill finds every stage of it.
  var pace: Duration = .zero
  /// What the sandbox itself is asked to do wrong.
  var sandboxFaults: [String] = []
}
