import Imaging
import Posix
import Synchronization

/// A picture that is open for reading, to be decoded by somebody else.
final class OpenPicture: Sendable {
  let file: FileDescriptor
  let information: FileInformation

  init(_ path: String) throws(PosixError) {
    file = try FileDescriptor.ofFile(path)
    information = try FileInformation(of: file, path: path)
  }
}

/// Decodes pictures in one process that stays, so that none waits for its start. It is started with the first
/// picture, and another takes its place where it dies, answers nonsense, takes too long or too much, or has had
/// its share: it reads bytes of strangers and may be theirs by then.
///
/// The newest request wins, and only one that is not followed by another within `hold` is sent. Asleep while
/// nothing is asked, as its process is.
final class DecodeHelper: Sendable {
  enum Outcome: Equatable, Sendable {
    /// `PreviewFormat`, of a decoder that is not to be trusted.
    case cells([UInt8])
    /// A sentence.
    case failed(String)
    /// Another one was asked for before it was made.
    case superseded
  }

  /// When a request is sent, and when the process is replaced.
  struct Rules: Sendable {
    /// How long a request must be the newest.
    var hold: Duration = .milliseconds(60)
    /// How long one picture may take, whatever its processor does.
    var patience: Duration = .seconds(20)
    /// How long one that is not wanted any more may keep another waiting: not every format is left between
    /// two pieces.
    var staleness: Duration = .milliseconds(200)
    /// How many replies one process gives.
    var share = 64
    /// Bytes that it may have in memory behind a reply.
    var residentBytes = 256 << 20
  }

  private let command: ProcessSpec
  private let rules: Rules
  private let mailbox: Mailbox<DecodeLoop.Message>
  private let counter = Atomic<UInt64>(0)
  private let isRunning = Mutex(false)

  /// - Parameter command: What speaks `DecodeWire` on its standard input.
  init(_ command: ProcessSpec = .decoder, rules: Rules = Rules()) throws(PosixError) {
    self.command = command
    self.rules = rules
    mailbox = try Mailbox()
  }

  deinit { mailbox.send(.end) }

  /// The picture as cells. Cancelled, it is not sent any more; one that was sent is answered all the same.
  func decode(_ picture: OpenPicture, _ preview: SymbolPreview) async -> Outcome {
    do throws(PosixError) {
      try startOnce()
    } catch {
      return .failed("The picture cannot be shown: \(error).")
    }
    let generation = counter.add(1, ordering: .relaxed).newValue
    return await withTaskCancellationHandler {
      await withCheckedContinuation { answer in
        mailbox.send(
          .decode(
            DecodeJob(
              request: DecodeRequest(generation: generation, preview: preview), picture: picture,
              due: .now + rules.hold, answer: answer)))
      }
    } onCancel: {
      mailbox.send(.drop(generation))
    }
  }

  /// The thread is the process's parent, and lives until this goes away.
  private func startOnce() throws(PosixError) {
    let failure: PosixError? = isRunning.withLock { isRunning in
      if isRunning { return nil }
      do throws(PosixError) {
        _ = try WorkThread { [command, rules, mailbox] in
          DecodeLoop(command, rules, mailbox).run()
        }
        isRunning = true
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }
}

extension ProcessSpec {
  /// This program as a decoder that stays.
  static var decoder: ProcessSpec {
    .thisProgram(
      ["decode", "--serve"],
      // Nothing of ours, a key least of all, for a process that strangers may come to command.
      environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"],
      // Each picture has a smaller share of the processor's time: see `DecodeServer`.
      limits: ResourceLimits(addressSpace: 1 << 30, processorSeconds: 3600, coreDump: false))
  }
}

/// One request, and who waits for it.
struct DecodeJob: Sendable {
  let request: DecodeRequest
  let picture: OpenPicture
  /// When it is sent, unless another one came.
  var due: ContinuousClock.Instant
  let answer: CheckedContinuation<DecodeHelper.Outcome, Never>
  var attempts = 0
}
