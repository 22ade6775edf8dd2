internal import Glibc

/// A thread that runs what it is handed, one after another, and sleeps in between without ever waking
/// by itself. Dispatch is not used on purpose: on Linux its pool looks at itself once a second for as
/// long as the process lives (libdispatch, event/workqueue.c), and an idle program must not wake.
final class JobThread: Sendable {
  private enum Message: Sendable {
    case job(@Sendable () -> Void)
    case end
  }

  private let mailbox: Mailbox<Message>

  init() throws(PosixError) {
    let mailbox = try Mailbox<Message>()
    self.mailbox = mailbox
    _ = try WorkThread {
      while true {
        // A failure here could only be memory that ran out, and nobody could be told.
        _ = try? Poll.wait(for: [mailbox.descriptor])
        for message in mailbox.drain() {
          switch message {
          case .job(let job): job()
          case .end: return
          }
        }
      }
    }
  }

  deinit { mailbox.send(.end) }

  func enqueue(_ job: @escaping @Sendable () -> Void) {
    mailbox.send(.job(job))
  }
}
