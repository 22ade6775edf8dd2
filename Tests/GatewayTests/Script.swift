import Gateway
import HTTP
import Jobs
import Seedream
import Synchronization
import TestSupport

/// A recorder whose jobs go as a test says.
final class Script: Sendable {
  /// What was handed over.
  let taken = Collected<GenerationRequest>()
  /// By what they are known.
  let fingerprints = Collected<RequestFingerprint>()
  private let states: [JobStatus]
  private let refusal: RecordingError?
  private let files: [String: RecordedFile]
  private let isHeld: Bool
  private let feeds = Mutex<[AsyncStream<[JobStatus]>.Continuation]>([])

  /// Each job goes through these states at once, and then no more is heard of it.
  init(
    _ states: [JobStatus], refusing refusal: RecordingError? = nil,
    files: [String: RecordedFile] = [:]
  ) {
    self.states = states
    self.refusal = refusal
    self.files = files
    isHeld = false
  }

  /// Each job goes through these states at once, and then through those that are told.
  init(holding states: [JobStatus]) {
    self.states = states
    refusal = nil
    files = [:]
    isHeld = true
  }

  func tell(_ state: JobStatus) {
    for feed in feeds.withLock({ $0 }) { feed.yield([state]) }
  }

  /// A signature that anybody can make.
  static func sign(_ text: String) -> String {
    let number = text.utf8.reduce(into: UInt64(14_695_981_039_346_656_037)) { number, byte in
      number = (number ^ UInt64(byte)) &* 1_099_511_628_211
    }
    return String(number, radix: 16)
  }

  var recorder: Recorder {
    Recorder(
      submit: { [self] request, fingerprint throws(RecordingError) in
        if let refusal { throw refusal }
        fingerprints.append(fingerprint)
        taken.append(request)
        return [.sample()]
      },
      follow: { [self] _ in
        let (stream, feed) = AsyncStream.makeStream(of: [JobStatus].self)
        for state in states { feed.yield([state]) }
        if isHeld { feeds.withLock { $0.append(feed) } } else { feed.finish() }
        return stream
      },
      file: { [files] in files[$0] }, sign: { Self.sign($0) },
      isSignature: { $0 == Self.sign($1) })
  }
}

extension Door {
  /// In front of a recorder.
  init(recordingBy script: Script, inFrontOfSandbox isSandbox: Bool = false) throws {
    try self.init(
      Upstream(name: "recorded", dialect: .byteplus, isSandbox: isSandbox), GatewayOptions(), nil,
      recorder: script.recorder)
  }
}
