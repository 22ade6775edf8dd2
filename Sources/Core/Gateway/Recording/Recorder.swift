package import Jobs
package import Seedream

/// Who has pictures drawn, and keeps them, in the gateway's stead: with it every request becomes a job of a
/// gallery's service. The gateway knows no gallery: the program gives it these.
package struct Recorder: Sendable {
  /// Hands a request over. When this returns it is written down, and goes on whatever becomes of the client.
  /// A further try of a request that was handed over before, here or at another gateway, gets its jobs: several
  /// where the model generates one picture a request.
  package var submit:
    @Sendable (GenerationRequest, RequestFingerprint) async throws(RecordingError) -> [JobStatus]
  /// Where jobs stand that were asked for together, the newest state of all each time. Over after one in which all
  /// are over, or without one where nothing more can be heard.
  package var follow: @Sendable (_ jobs: [String]) async -> AsyncStream<[JobStatus]>
  /// The file of a picture of the gallery by its id; nil where it is not there, or not any more.
  package var file: @Sendable (_ picture: String) async -> RecordedFile?
  /// Signs a text in a way that every gateway of the gallery knows.
  package var sign: @Sendable (String) -> String
  /// Whether a signature is that of a text; takes as long wherever it differs.
  package var isSignature: @Sendable (_ signature: String, _ text: String) -> Bool

  package init(
    submit:
      @escaping @Sendable (GenerationRequest, RequestFingerprint)
      async throws(RecordingError) -> [JobStatus],
    follow: @escaping @Sendable (_ jobs: [String]) async -> AsyncStream<[JobStatus]>,
    file: @escaping @Sendable (_ picture: String) async -> RecordedFile?,
    sign: @escaping @Sendable (String) -> String,
    isSignature: @escaping @Sendable (_ signature: String, _ text: String) -> Bool
  ) {
    self.submit = submit
    self.follow = follow
    self.file = file
    self.sign = sign
    self.isSignature = isSignature
  }
}

/// Why a request became no job.
package struct RecordingError: Error, Equatable, Sendable {
  package enum Code: Equatable, Sendable {
    /// It would be refused; the problems say why.
    case refused([Problem])
    /// There is no room for it in the budget.
    case overBudget
    /// Nothing was sent; later, or at another gateway, it may be taken.
    case notTaken
    /// It was handed over, and whether it was taken is not known.
    case unclear
  }

  package var code: Code
  /// One sentence for a user.
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// A file with a picture.
package struct RecordedFile: Equatable, Sendable {
  /// Absolute.
  package var path: String
  /// Bytes.
  package var byteCount: Int
  /// Nil for one that the wire does not name.
  package var format: ImageFormat?

  package init(path: String, byteCount: Int, format: ImageFormat?) {
    self.path = path
    self.byteCount = byteCount
    self.format = format
  }
}
