import Glibc
import Posix
import Testing

@Suite struct WorkQueueTests {
  private actor Counter {
    private let queue: WorkQueue
    private var count = 0

    init() throws { queue = try WorkQueue() }

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

    func increment() { count += 1 }
    func value() -> Int { count }
    /// Holds up the thread until the pipe has something to read.
    func block(on descriptor: Int32) throws { _ = try Poll.wait(for: [descriptor]) }
  }

  @Test func jobsRunOneAfterAnother() async throws {
    let counter = try Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<1000 { group.addTask { await counter.increment() } }
    }
    #expect(await counter.value() == 1000)
  }

  @Test func blockedActorsDoNotHoldUpTheCooperativePool() async throws {
    let wake = try Mailbox<Int>()
    // More of them than any pool has threads.
    let actors = try (0..<64).map { _ in try Counter() }
    let tasks = actors.map { actor in Task { try await actor.block(on: wake.descriptor) } }
    // Runs on the pool; if it were full this would never be reached.
    await Task.detached { wake.send(1) }.value
    for task in tasks { try await task.value }
  }

  @Test func aPoolRunsTasksAndTheirChildrenOnItsOwnThread() async throws {
    let pool = try WorkPool()
    let threads = await Task.detached(executorPreference: pool) {
      await withTaskGroup(of: UInt.self) { group in
        for _ in 0..<20 { group.addTask { currentThread() } }
        return await group.reduce(into: Set([currentThread()])) { $0.insert($1) }
      }
    }.value
    #expect(threads.count == 1)
    #expect(!threads.contains(currentThread()))
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

private func currentThread() -> UInt { UInt(pthread_self()) }
