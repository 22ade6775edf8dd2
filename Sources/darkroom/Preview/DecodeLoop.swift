import Posix

/// The thread behind a `DecodeHelper`: sleeps until something is asked or answered, or is late.
final class DecodeLoop {
  enum Message: Sendable {
    case decode(DecodeJob)
    /// Nobody waits for it any more.
    case drop(UInt64)
    case end
  }

  /// How often a request is sent to one that dies before it has it.
  private static let mostAttempts = 3
  private let command: ProcessSpec
  private let rules: DecodeHelper.Rules
  private let mailbox: Mailbox<Message>
  private var process: DecodeProcess?
  /// Not sent yet: the newest.
  private var waiting: DecodeJob?
  /// Sent, and still wanted.
  private var sent: DecodeJob?

  init(_ command: ProcessSpec, _ rules: DecodeHelper.Rules, _ mailbox: Mailbox<Message>) {
    self.command = command
    self.rules = rules
    self.mailbox = mailbox
  }

  func run() {
    while true {
      // A failure here could only be memory that ran out, and nobody could be told.
      let outcome = try? Poll.wait(
        for: [mailbox.descriptor] + (process?.descriptors ?? []), timeout: timeout)
      for message in mailbox.drain() where !take(message) { return end() }
      if case .ready(let ready) = outcome, let process {
        hear(process, ready.intersection(process.descriptors))
      }
      checkTime()
      sendIfDue()
    }
  }

  private func take(_ message: Message) -> Bool {
    switch message {
    case .decode(let job):
      waiting?.answer.resume(returning: .superseded)
      waiting = job
      // While the selection rests: the process is there when its picture is sent.
      if process == nil { start() }
    case .drop(let generation):
      guard let job = waiting, job.request.generation == generation else { break }
      job.answer.resume(returning: .superseded)
      waiting = nil
    case .end: return false
    }
    return true
  }

  private func end() {
    for job in [waiting, sent].compactMap(\.self) { job.answer.resume(returning: .superseded) }
    process = nil
  }

  // MARK: The process

  private func start() {
    do throws(PosixError) {
      process = try DecodeProcess(command)
    } catch {
      waiting?.answer.resume(returning: .failed("The picture cannot be shown: \(error)."))
      waiting = nil
    }
  }

  private func hear(_ process: DecodeProcess, _ ready: Set<Int32>) {
    guard !ready.isEmpty else { return }
    do throws(PosixError) {
      guard ready.contains(process.descriptors[0]) else {
        throw PosixError("hear the decoder", code: PosixError.brokenPipe)
      }
      for reply in try process.replies() { take(reply) }
    } catch {
      let status = process.end()
      let isGone = error.code == PosixError.brokenPipe
      return replace(
        isGone ? Self.sentence(ended: status) : Self.sentence("answered what is no answer"))
    }
    if process.outstanding.isEmpty,
      process.served >= rules.share || process.residentBytes > rules.residentBytes
    {
      self.process = nil
      start()
    }
  }

  private func take(_ reply: DecodeReply) {
    guard let job = sent, job.request.generation == reply.generation else { return }
    sent = nil
    let outcome: DecodeHelper.Outcome =
      switch reply.content {
      case .cells(let cells): .cells(cells)
      case .refused(let sentence): .failed(sentence)
      case .dropped: .superseded
      }
    job.answer.resume(returning: outcome)
  }

  /// The process is gone or to go. It was the picture it had before it, and where that is not the one that is
  /// wanted, this one is sent again.
  private func replace(_ sentence: String) {
    let culprit = process?.outstanding.first?.generation
    process = nil
    if let job = sent {
      sent = nil
      if job.request.generation == culprit {
        job.answer.resume(returning: .failed(sentence))
      } else if waiting == nil {
        waiting = job
      } else {
        job.answer.resume(returning: .superseded)
      }
    }
  }

  private func sendIfDue() {
    guard let due = waiting?.due, due <= .now else { return }
    if process == nil { start() }
    guard var job = waiting, let process else { return }
    waiting = nil
    sent?.answer.resume(returning: .superseded)
    sent = nil
    job.attempts += 1
    do throws(PosixError) {
      try process.send(job.request, lending: job.picture.file)
      sent = job
    } catch {
      // It died in its sleep, or does not listen: the picture has nothing to do with it.
      let status = process.end()
      self.process = nil
      guard job.attempts < Self.mostAttempts else {
        return job.answer.resume(returning: .failed(Self.sentence(ended: status)))
      }
      waiting = job
    }
  }

  private static func sentence(ended status: TerminationStatus?) -> String {
    sentence("ended with \(status?.description ?? "no status")")
  }

  private static func sentence(_ words: String) -> String {
    "The picture cannot be shown: its decoder \(words)."
  }

  // MARK: Time

  private func checkTime() {
    guard let process, let deadline, deadline <= .now else { return }
    _ = process.end()
    replace(Self.sentence("took too long"))
  }

  /// When the process is taken for lost.
  private var deadline: ContinuousClock.Instant? {
    guard let first = process?.outstanding.first else { return nil }
    let patience = first.time + rules.patience
    guard let sent, sent.request.generation != first.generation,
      let next = process?.outstanding.dropFirst().first
    else { return patience }
    return min(patience, next.time + rules.staleness)
  }

  private var timeout: Duration? {
    let times = [waiting?.due, deadline].compactMap(\.self)
    return times.min().map { max(.zero, ContinuousClock.now.duration(to: $0)) }
  }
}
