import Glibc
import Posix
import Synchronization
import Testing

@Suite struct WorkThreadTests {
  @Test func joiningWaitsForTheWork() throws {
    let results = try Mailbox<Int>()
    let pipe = try Pipe()
    let descriptor = pipe.readingEnd.number
    let thread = try WorkThread {
      _ = try? Poll.wait(for: [descriptor])
      results.send(7)
    }
    #expect(results.drain() == [])
    try pipe.writingEnd.write([1])
    thread.join()
    #expect(results.drain() == [7])
  }

  @Test func signalsThatAskForSomethingAreLeftToTheMainThread() throws {
    let results = try Mailbox<[Int32: Bool]>()
    let signals = [SIGTERM, SIGINT, SIGHUP, SIGWINCH, SIGUSR1, SIGALRM, SIGSEGV, SIGABRT, SIGILL]
    try WorkThread {
      var mask = sigset_t()
      unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
      var blocked: [Int32: Bool] = [:]
      for signal in signals { blocked[signal] = unsafe sigismember(&mask, signal) == 1 }
      results.send(blocked)
    }.join()
    // A fault is the thread's own and must end in a report of the crash.
    let faults = [SIGSEGV, SIGABRT, SIGILL]
    let expected = signals.map { ($0, !faults.contains($0)) }
    #expect(results.drain() == [Dictionary(uniqueKeysWithValues: expected)])
  }

  @Test func theMaskOfWhoeverStartsAThreadStaysAsItWas() throws {
    let results = try Mailbox<Bool>()
    // In a thread whose mask is known.
    try WorkThread {
      var mask = sigset_t()
      unsafe sigemptyset(&mask)
      unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
      _ = try? WorkThread {}
      unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
      results.send(unsafe sigismember(&mask, SIGTERM) == 0)
    }.join()
    #expect(results.drain() == [true])
  }

  @Test func aThreadThatWaitsForItselfIsLetGo() throws {
    let results = try Mailbox<Int>()
    let slot = Slot()
    let pipe = try Pipe()
    let descriptor = pipe.readingEnd.number
    let thread = try WorkThread {
      _ = try? Poll.wait(for: [descriptor])
      slot.takeAndJoin()
      results.send(1)
    }
    slot.put(thread)
    try pipe.writingEnd.write([1])
    #expect(try Poll.wait(for: [results.descriptor], timeout: .seconds(60)) != .timedOut)
    #expect(results.drain() == [1])
  }

  private final class Slot: Sendable {
    private let thread = Mutex<WorkThread?>(nil)

    func put(_ thread: consuming sending WorkThread) {
      var thread: WorkThread? = thread
      self.thread.withLock { $0 = thread.take() }
    }

    func takeAndJoin() {
      thread.withLock { $0.take() }?.join()
    }
  }
}
