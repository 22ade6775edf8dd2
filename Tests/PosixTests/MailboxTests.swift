import Posix
import Testing

@Suite struct MailboxTests {
  @Test func aMessageWakesTheLoopOnceAndDrainingPutsItToSleep() throws {
    let mailbox = try Mailbox<Int>()
    #expect(try Poll.wait(for: [mailbox.descriptor], timeout: .zero) == .timedOut)
    mailbox.send(1)
    mailbox.send(2)
    #expect(try Poll.wait(for: [mailbox.descriptor]) == .ready([mailbox.descriptor]))
    #expect(mailbox.drain() == [1, 2])
    #expect(try Poll.wait(for: [mailbox.descriptor], timeout: .zero) == .timedOut)
    #expect(mailbox.drain() == [])
    mailbox.send(3)
    #expect(try Poll.wait(for: [mailbox.descriptor]) == .ready([mailbox.descriptor]))
  }

  @Test func aLoopThatIsHeldUpIsLeftTheNewestOfEachKey() throws {
    let mailbox = try Mailbox<Int>()
    for number in 0..<1000 {
      mailbox.send(number, inPlaceOf: "even or odd: \(number % 2)")
      if number == 500 { mailbox.send(-1) }
    }
    // What was told before an answer stays before it.
    #expect(mailbox.drain() == [499, 500, -1, 998, 999])
    mailbox.send(1000, inPlaceOf: "even or odd: 0")
    #expect(mailbox.drain() == [1000])
  }

  /// Whatever goes between, each key's newest stands where it was sent last.
  @Test func theNewestOfEachKeyStandsWhereItWasSent() throws {
    let mailbox = try Mailbox<Int>()
    var expected: [(key: Int?, number: Int)] = []
    var state: UInt64 = 7
    for number in 0..<5000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let key = (state >> 60) < 12 ? Int(state >> 40) % 20 : nil
      if let key {
        let answer = expected.lastIndex { $0.key == nil } ?? -1
        if let old = expected.lastIndex(where: { $0.key == key }), old > answer {
          expected.remove(at: old)
        }
      }
      expected.append((key, number))
      mailbox.send(number, inPlaceOf: key.map { "key \($0)" })
      if number % 1100 == 0 {
        #expect(mailbox.drain() == expected.map(\.number))
        expected = []
      }
    }
    #expect(mailbox.drain() == expected.map(\.number))
  }

  @Test func noMessageIsLostBetweenThreads() throws {
    let mailbox = try Mailbox<Int>()
    let senders = 4
    let each = 5000
    for sender in 0..<senders {
      _ = try WorkThread {
        for index in 0..<each { mailbox.send(sender * each + index) }
      }
    }
    var received: [Int] = []
    while received.count < senders * each {
      let outcome = try Poll.wait(for: [mailbox.descriptor], timeout: .seconds(60))
      try #require(outcome != .timedOut, "a message waits without a wake-up")
      received += mailbox.drain()
    }
    #expect(received.sorted() == Array(0..<(senders * each)))
    let ofTheFirst = received.filter { $0 < each }
    #expect(ofTheFirst == ofTheFirst.sorted(), "one sender's messages keep their order")
  }

  @Test func pollTellsWhichDescriptorIsReady() throws {
    let quiet = try Pipe()
    let loud = try Pipe()
    try loud.writingEnd.write([1])
    let outcome = try Poll.wait(
      for: [quiet.readingEnd.number, loud.readingEnd.number], writable: [quiet.writingEnd.number])
    #expect(outcome == .ready([loud.readingEnd.number, quiet.writingEnd.number]))
  }

  @Test func pollingAClosedDescriptorIsAnError() throws {
    // Above every limit: the number of one that was closed could be another test's by now.
    let number: Int32 = 1 << 30
    #expect(throws: PosixError.self) { try Poll.wait(for: [number], timeout: .zero) }
  }
}
