import Jobs
import Screen
import Seedream
import Testing

@testable import Interface

@Suite("The queue")
struct QueueTests {
  private func session(rows: Int = 24, columns: Int = 80) -> Session {
    var session = Session(
      rows: rows, columns: columns,
      providers: [ProviderItem(name: "ark", site: .volcengine), ProviderItem(name: "work")])
    session.type("a draft of mine")
    session.happens(
      .historyLoaded(Sample.pictures(3), total: 3), .serviceConnected,
      .jobsListed([
        Sample.waiting("b222", 1, "the second"), Sample.waiting("c333", 2, "the third"),
        Sample.waiting("a111", 0, "the first"), Sample.job("k7f2", at: 100),
      ]), .ticked(now: 112))
    session.time = 112
    session.press("Alt-4", "Home")
    return session
  }

  @Test func whatWaitsShowsItsPlaceInOrder() {
    var session = session()
    #expect(session.jobRows == ["k7f2", "a111", "b222", "c333"])
    #expect(session.shows("○ a111 waiting #1 the first"))
    #expect(session.shows("○ c333 waiting #3 the third"))
    session.press("↓")
    #expect(session.shows("Waits for its turn and is the next."))
    session.press("↓", "↓")
    #expect(session.shows("Waits for its turn behind 2 jobs."))
  }

  @Test func aJobIsMovedByOnePlace() {
    var session = session()
    session.press("↓", "J")
    #expect(session.effects.contains(.moveJob(id: "a111", before: "c333")))
    session.press("K")
    #expect(session.effects == [])
    session.press("↓", "Alt-↓")
    #expect(session.effects.contains(.moveJob(id: "b222", before: nil)))
    session.press("K")
    #expect(session.effects.contains(.moveJob(id: "b222", before: "a111")))
    session.happens(
      .jobReported(Sample.waiting("b222", 0, "the second")),
      .jobReported(Sample.waiting("a111", 1, "the first")))
    #expect(session.jobRows == ["k7f2", "b222", "a111", "c333"])
    #expect(session.chosen == "b222")
    session.press("↓", "↓", "J")
    #expect(session.effects == [])
  }

  @Test(arguments: [(24, 80), (40, 120)])
  func aPausedQueueSaysSo(rows: Int, columns: Int) {
    var session = session(rows: rows, columns: columns)
    session.press("P")
    #expect(session.effects.contains(.pauseQueue))
    session.happens(.queueReported(QueueStatus(isPaused: true)))
    #expect(session.shows("The queue is paused"))
    session.press("↓")
    var keyless = Sample.waiting("d444", 3, "the fourth")
    keyless.state.needsKey = true
    keyless.message = "Waits for the key of 'work', which was not written down."
    session.happens(.jobReported(keyless))
    golden(session, "queue-\(columns)x\(rows)")
    session.press("P")
    #expect(session.effects.contains(.resumeQueue))
    session.happens(.queueReported(QueueStatus()))
    #expect(session.shows("✓ The queue goes on."))
    #expect(!session.shows("queue paused"))
  }

  @Test func aMissingKeyIsSaidWithWhatToDo() {
    var session = session(rows: 40, columns: 120)
    var job = Sample.waiting("a111", 0, "the first")
    job.state.needsKey = true
    job.message = "Waits for the key of 'ark': any darkroom command hands it over."
    session.happens(.jobReported(job))
    session.press("↓")
    #expect(session.shows("○ a111 needs a key"))
    #expect(session.shows("Waits for the key of 'ark': any darkroom command"))
  }

  @Test func troubleIsToldUntilItIsOver() {
    var session = session()
    session.happens(
      .queueReported(QueueStatus(trouble: "The disk is full.")), .ticked(now: 200))
    #expect(session.shows("! Nothing is sent: The disk is full."))
    #expect(session.shows("queue held"))
    session.happens(.queueReported(QueueStatus()))
    #expect(!session.shows("The disk is full."))
  }

  @Test func cancellingAllIsAskedFirst() {
    var session = session()
    session.press("C")
    #expect(session.effects == [])
    #expect(session.shows("Press C again to cancel 4 jobs"))
    session.time += 2.5
    session.press("C")
    #expect(session.effects.contains(.cancelJobs(ids: ["c333", "b222", "a111", "k7f2"])))
    // What is said of all of them stays, though each is told of once more.
    let cancelled = Sample.job("k7f2", .cancelled, message: "It may still be billed.")
    session.happens(
      .jobReported(cancelled), .noticed(Notice(.information, "4 jobs were cancelled.")),
      .jobReported(cancelled))
    #expect(session.shows("4 jobs were cancelled."))
    var idle = Session()
    idle.press("Alt-4", "C")
    #expect(idle.effects == [])
  }

  /// A paused queue wakes nothing.
  @Test func whatOnlyWaitsNeedsNoTicks() {
    var session = Session()
    session.happens(.jobsListed([Sample.waiting("a111", 0, "the first")]))
    for second in 0..<8 { session.happens(.ticked(now: Double(second))) }
    #expect(!session.state.wantsTicks)
    var job = Sample.waiting("a111", 0, "the first")
    job.state = .queued(QueuedState(place: 0, waitsFor: .time(Sample.epoch + 20)))
    session.happens(.jobReported(job), .ticked(now: 8))
    #expect(session.state.wantsTicks)
    #expect(session.shows("again in 0:12"))
  }

  // MARK: Editing

  @Test(arguments: [(24, 80), (40, 120)])
  func editingReplacesTheRequest(rows: Int, columns: Int) {
    var session = session(rows: rows, columns: columns)
    session.press("↓", "e")
    #expect(session.state.focus == .prompt)
    #expect(session.state.compose.prompt.editor.text == "the first")
    session.type(" and more")
    golden(session, "editing-\(columns)x\(rows)")
    // Nothing of it becomes the draft that is kept.
    #expect(session.state.draft.request.prompt == "a draft of mine")
    session.press("Alt-Enter")
    #expect(session.sent == [])
    let edits = session.effects.compactMap { effect -> String? in
      if case .editJob("a111", let request) = effect { request.prompt } else { nil }
    }
    #expect(edits == ["the first and more"])
    session.press("Alt-Enter")
    #expect(session.effects == [])
    session.happens(.jobEdited(id: "a111"))
    #expect(session.shows("✓ Job a111 was changed and waits for its turn; your draft is back."))
    #expect(session.state.compose.prompt.editor.text == "a draft of mine")
    // The key that meant the job does not send the draft.
    session.press("Alt-Enter")
    #expect(session.sent == [])
    #expect(session.shows("This is your draft again: press Ctrl-G once more to send it"))
    session.time += 2.5
    session.press("Alt-Enter")
    #expect(session.sent.map(\.prompt) == ["a draft of mine"])
  }

  @Test func aNarrowScreenSaysSoToo() {
    var session = session(rows: 12, columns: 40)
    session.happens(.queueReported(QueueStatus(isPaused: true)))
    #expect(session.screen[0].hasPrefix("▸Pictures") && session.screen[0].contains("paused"))
    session.press("↓", "e")
    #expect(session.screen[0].hasPrefix("▸Prompt") && session.screen[0].contains("editing a111"))
  }

  @Test func escapeLeavesTheJobAsItWas() {
    var session = session()
    session.press("Alt-3", "a")
    session.type("/tmp/a.jpg")
    session.press("Enter")
    session.happens(
      .referenceInspected(token: session.inspections[0].token, Sample.facts("a.jpg")))
    session.press("Alt-4", "Home", "↓", "e")
    #expect(session.state.compose.references.items.isEmpty)
    session.type("!")
    session.press("Alt-2", "Esc", "Esc")
    #expect(session.state.compose.prompt.editor.text == "the first!")
    #expect(session.shows("The changes to job a111 are not made"))
    session.time += 2.5
    session.press("Esc")
    #expect(session.state.compose.prompt.editor.text == "a draft of mine")
    #expect(session.state.compose.references.items.count == 1)
    #expect(session.shows("Job a111 stays as it was; your draft is back."))
    #expect(!session.effects.contains { if case .editJob = $0 { true } else { false } })
  }

  /// A request that has left is not sent once more as a new job by the key that meant the old one.
  @Test func whatWasSentMeanwhileIsNotSentTwice() {
    var session = session()
    session.press("↓", "e")
    session.happens(.jobReported(Sample.job("a111", .running())))
    #expect(session.screen[0].contains("Job a111 was sent meanwhile: Ctrl-G sends this as a new"))
    session.press("Alt-Enter")
    #expect(session.effects == [])
    #expect(session.shows("press Ctrl-G again to send this as a new job"))
    #expect(session.shows("at most ¥0.25."))
    var other = session
    other.press("Esc")
    #expect(other.state.compose.prompt.editor.text == "a draft of mine")
    session.time += 2.5
    session.press("Alt-Enter")
    #expect(session.sent.map(\.prompt) == ["the first"])
    #expect(session.state.compose.prompt.editor.text == "a draft of mine")
  }

  @Test func whatWasCancelledMeanwhileIsNotCalledSent() {
    var session = session()
    session.press("↓", "e")
    session.type("!")
    session.happens(.jobReported(Sample.job("a111", .cancelled)))
    #expect(session.screen[0].contains("Job a111 was cancelled meanwhile"))
    #expect(session.shows("send as a new job"))
    session.press("Esc")
    #expect(session.shows("Ctrl-G sends them as a new job"))
    #expect(!session.shows("makes them"))
  }

  /// Two people, or two terminals, change one job.
  @Test func whatWasChangedElsewhereIsReplacedOnASecondPressOnly() {
    var session = session()
    session.press("↓", "e")
    session.type("!")
    session.happens(.jobReported(Sample.waiting("a111", 0, "their own words")))
    session.press("Ctrl-G")
    #expect(session.effects == [])
    #expect(session.shows("Job a111 was changed elsewhere meanwhile: Ctrl-G again replaces that."))
    session.time += 2.5
    session.press("Ctrl-G")
    #expect(session.effects.contains { if case .editJob("a111", _) = $0 { true } else { false } })
  }

  /// Leaving the program with it asks; a key in between takes the question back.
  @Test(arguments: ["Ctrl-Q", "F10"])
  func leavingWithAHalfEditedJobAsks(key: String) {
    var session = session()
    session.press("↓", "e")
    var unchanged = session
    unchanged.press(key)
    #expect(unchanged.effects.contains(.quit))
    session.type("!")
    session.press(key)
    #expect(session.effects == [])
    #expect(session.shows("The changes to job a111 are not made: Ctrl-G makes them"))
    session.time += 2.5
    session.press("→", key)
    #expect(!session.effects.contains(.quit))
    session.time += 2.5
    session.press(key)
    #expect(session.effects.contains(.quit))
    #expect(session.state.draft.request.prompt == "a draft of mine")
  }

  /// What is typed while the answer is on its way is neither lost nor part of another text.
  @Test func whatIsTypedBeforeTheAnswerStays() {
    var session = session()
    session.press("↓", "e", "Ctrl-G")
    session.type(" later")
    session.happens(.jobEdited(id: "a111"))
    session.type("!")
    #expect(session.state.compose.prompt.editor.text == "the first later!")
    session.press("Ctrl-G")
    #expect(session.effects.contains { if case .editJob = $0 { true } else { false } })
    #expect(session.sent == [])
  }

  @Test func aHalfTypedReferenceIsThereAgainAfterEditing() {
    var session = session()
    session.press("F4", "a")
    session.type("/tmp/half")
    session.press("F5", "↓", "e", "Esc")
    #expect(session.state.compose.references.line?.editor.text == "/tmp/half")
  }

  /// Who wants to pause does not let the queue go on because somebody else paused it first.
  @Test func newsOfTheQueueDoNotTurnAKeyRound() {
    var session = session()
    session.happens(.queueReported(QueueStatus(isPaused: true)))
    session.press("P")
    #expect(session.effects == [])
    #expect(session.shows("The queue was paused meanwhile; press P to let it go on."))
    session.press("P")
    #expect(session.effects.contains(.resumeQueue))
  }

  /// Only those are cancelled that the question named.
  @Test func aJobThatCameSinceIsAskedAboutAnew() {
    var session = session()
    session.press("C")
    session.happens(.jobReported(Sample.waiting("d444", 3, "the fourth")))
    session.time += 2.5
    session.press("C")
    #expect(session.effects == [])
    #expect(session.shows("Press C again to cancel 5 jobs"))
    session.happens(.jobReported(Sample.job("a111", .cancelled)))
    session.happens(.jobReported(Sample.job("a111", .cancelled)))
  }

  @Test func aRefusedEditStaysInTheForm() {
    var session = session()
    session.press("↓", "e", "Alt-Enter")
    session.happens(.editRefused(jobID: "a111", [], message: "The budget has no room."))
    #expect(session.shows("✗ The budget has no room."))
    #expect(session.state.compose.prompt.editor.text == "the first")
    session.press("Alt-Enter")
    #expect(session.effects.contains { if case .editJob = $0 { true } else { false } })
  }

  @Test func anotherProviderNeedsANewJob() {
    var session = session()
    session.press("↓", "e", "Alt-2", "Home", "→", "Alt-Enter")
    #expect(session.effects == [])
    #expect(session.shows("Job a111 goes to ark"))
  }

  // MARK: A set

  @Test(arguments: [(24, 80), (40, 120)])
  func eachPictureOfASetIsTold(rows: Int, columns: Int) {
    var session = session(rows: rows, columns: columns)
    var job = Sample.job("k7f2", at: 100, expected: 4, arrived: 1)
    let refusal = "The provider refused this one."
    job.members += [
      .init(index: 1, outcome: .refused(code: "refused", message: refusal, requestID: nil)),
      .init(index: 2, outcome: .arriving),
    ]
    session.happens(.jobReported(job))
    #expect(session.shows("● k7f2 0:12 of ~0:15 1/4"))
    golden(session, "set-\(columns)x\(rows)")
  }
}
