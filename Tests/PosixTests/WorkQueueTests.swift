import Posix
import Testing

@Suite struct WorkQueueTests {
  private actor Counter {
    private let queue = WorkQueue(label: "counter")
    private var count = 0
    nonisolated var unownedExecutor: UnownedSerialExecutor {
      unsafe queue.asUnownedSerialExecutor()
    }

    func increment() { count += 1 }
    func value() -> Int { count }
    /// Holds up the thread until the pipe has something to read.
    func block(on descriptor: Int32) throws { _ = try Poll.wait(for: [descriptor]) }
  }

  @Test func jobsRunOneAfterAnother() async {
    let counter = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<1000 { group.addTask { await counter.increment() } }
    }
    #expect(await counter.value() == 1000)
  }

  @Test func blockedActorsDoNotHoldUpTheCooperativePool() async throws {
    let wake = try Mailbox<Int>()
    // More of them than any pool has threads.
    let actors = (0..<64).map { _ in Counter() }
    let tasks = actors.map { actor in Task { try await actor.block(on: wake.descriptor) } }
    // Runs on the pool; if it were full this would never be reached.
    await Task.detached { wake.send(1) }.value
    for task in tasks { try await task.value }
  }

  @Test func blockingWorkGivesItsValueOrItsError() async throws {
    #expect(try await blocking { () throws(PosixError) -> Int in 7 } == 7)
    let error = await #expect(throws: PosixError.self) {
      try await blocking { () throws(PosixError) -> [UInt8] in
        try FileSystem.read("/no/such/file", limit: 1)
      }
    }
    #expect(error?.code == PosixError.doesNotExist)
  }
}
