import Jobs
import Screen
import Seedream
import Testing

@testable import Interface

/// What the screen says is so, and what it offers can be done.
@Suite("True words")
struct TrueWordsTests {
  private func session(_ count: Int = 30) -> Session {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(count), total: count))
    return session
  }

  /// The message line with what is above it, and the hints.
  private func foot(_ session: Session) -> String {
    session.screen.suffix(3).joined(separator: "\n")
  }

  private func hints(_ session: Session) -> String { session.screen.last ?? "" }

  @Test func whatIsWrongStaysInSightBesideWhatHappened() throws {
    var session = session()
    session.press("F4", "a", "x", "Enter")
    let token = try #require(session.inspections.first?.token)
    session.happens(.referenceRefused(token: token, message: "There is no such file."))
    session.press("↑")
    #expect(foot(session).contains("There is no such file."))
    session.happens(.noticed(Notice(.information, "Something else was done.")))
    #expect(foot(session).contains("Something else was done."))
    #expect(foot(session).contains("There is no such file."))
    for second in 1...6 { session.happens(.ticked(now: Double(second))) }
    #expect(!foot(session).contains("Something else was done."))
    #expect(foot(session).contains("There is no such file."))
  }

  /// One row is for what is wrong, unless that is what is said.
  @Test func whereThereIsOneRowWhatIsWrongHasIt() throws {
    var session = Session(rows: 6, columns: 50)
    session.press("F4", "a", "x", "Enter")
    let token = try #require(session.inspections.first?.token)
    session.happens(.referenceRefused(token: token, message: "There is no such file."))
    session.press("↑")
    session.happens(.resized(Size(rows: 3, columns: 50)))
    session.happens(.noticed(Notice(.success, "Done.")))
    #expect(hints(session).contains("There is no such file."))
    session.happens(.noticed(Notice(.error, "It is worse.")))
    #expect(hints(session).contains("It is worse."))
  }

  /// However long what is wrong is said, a question is there to be read before it is answered; where there is no room
  /// for all of it, nothing is done.
  @Test(arguments: [
    (20, 100, true), (24, 80, true), (15, 60, true), (8, 40, true), (4, 30, false), (3, 30, false),
    (2, 30, false), (1, 9, false),
  ])
  func aQuestionIsInSightBesideWhatIsWrong(rows: Int, columns: Int, fits: Bool) throws {
    var session = Session.onJob(.queued(QueuedState(place: 1)))
    session.press("e")
    session.type("more")
    session.press("F4", "a", "x", "Enter")
    let token = try #require(session.inspections.first?.token)
    session.happens(
      .referenceRefused(
        token: token, message: "There is no file " + String(repeating: "/deep", count: 90) + "."))
    session.happens(.resized(Size(rows: rows, columns: columns)))
    session.press("Ctrl-Q")
    let text = session.screen.joined(separator: "\n")
    #expect(text.contains("quits without them.") == fits, "\(text)")
    if columns > 30 || fits { #expect(text.contains("Enlarge the window") == !fits, "\(text)") }
    session.time += 4
    session.press("Ctrl-Q")
    #expect(session.effects.contains(.quit) == fits)
  }

  /// What was told before the service broke down is not news any more.
  @Test func newsEndWithTheService() {
    var session = session()
    session.happens(.jobsListed([Sample.job("k7f2"), Sample.job("k7f3")]), .serviceConnected)
    session.happens(.jobReported(Sample.job("k7f2", .failed)))
    session.happens(.jobReported(Sample.job("k7f3", .done)))
    #expect(session.shows("Job k7f2 failed."))
    session.happens(.serviceLost(message: "The service broke down.", isUnexpected: true))
    session.press("F5")
    for second in 1...12 { session.happens(.ticked(now: Double(second))) }
    #expect(session.shows("The service broke down."))
    #expect(!session.shows("is done."))
  }

  @Test func aJobThatWasJustSentIsInSight() {
    var session = session()
    #expect(session.rows.first == "p30-1")
    session.happens(.jobReported(Sample.job("k7f2")))
    #expect(session.rows.first == "k7f2")
    #expect(session.chosen == "p30-1")
    // What the user holds stays where it is.
    session.press("F5")
    let line = session.chosenLine
    session.happens(.jobReported(Sample.job("k7f3")))
    #expect(session.chosen == "p30-1" && session.chosenLine == line)
  }

  @Test func noKeyIsOfferedForARowThatIsGone() {
    var session = Session.onJob(.running())
    #expect(hints(session).contains("cancel"))
    session.happens(.jobReported(Sample.job("k7f2", .done)))
    #expect(session.chosen == nil)
    for word in ["reference", "prompt", "cancel", "retry", "trash"] {
      #expect(!hints(session).contains(word), "\(word)")
    }
    #expect(hints(session).contains("search"))
    session.press("↓")
    #expect(hints(session).contains("reference"))
  }

  @Test(arguments: [(15, 60), (24, 80), (40, 120)])
  func theHelpIsWhole(rows: Int, columns: Int) {
    var session = Session(rows: rows, columns: columns)
    session.press("F1")
    var pages: [String] = []
    while pages.last != session.screen.joined() {
      pages.append(session.screen.joined())
      session.press("PgDn")
    }
    let frame: Set<Character> = ["┃", "━", "┏", "┓", "┗", "┛"]
    // What goes on in the next row is read on there.
    let text = pages.joined().filter { !frame.contains($0) }
      .split(separator: " ").joined(separator: " ")
    for action in ActionRegistry.all {
      #expect(text.contains(action.summary), "\(action.summary)")
      for keys in action.keys { #expect(text.contains(keys.label), "\(keys.label)") }
    }
  }

  @Test func tabIsOfferedWhereItCompletes() {
    var session = session()
    session.press("F4", "a")
    #expect(hints(session).contains("complete"))
    session.press("Esc", "F3", "↓", "e")
    #expect(hints(session).contains("accept") && !hints(session).contains("complete"))
    session.press("Esc", "F5", "/")
    #expect(hints(session).contains("accept") && !hints(session).contains("complete"))
  }

  @Test(arguments: [true, false])
  func theKeptAnswerIsOfferedWhereThereIsOne(isKept: Bool) {
    var job = Sample.job("j2p8", .unknown(.open))
    if isKept { job.rawReply = JobStatus.RawReply(byteCount: 54_321, isWhole: true) }
    var session = Session(rows: 24, columns: 80)
    session.happens(.jobsListed([job]))
    session.press("F5", "Home", "Enter")
    #expect(hints(session).contains("t take out") == isKept)
    #expect(hints(session).contains("forget"))
  }

  /// The way to the list is told only where it is one.
  @Test func theKeysThatLeadToTheListAreNotToldInIt() {
    var session = session()
    session.happens(.queueReported(QueueStatus(isPaused: true)))
    #expect(session.shows("queue paused (F5 P)"))
    session.press("F5")
    #expect(session.screen[0].contains("queue paused (P)"))
    session.happens(.queueReported(QueueStatus()), .queueReported(QueueStatus(isPaused: true)))
    #expect(session.shows("until P lets it go on"))
    session.happens(.jobsListed([Sample.job("j2p8", .unknown(.open))]))
    session.press("↓")
    #expect(session.shows("perhaps paid: Home Enter decides"))
  }

  @Test(arguments: ["sandbox", "ark"])
  func nothingIsBilledThatIsFree(provider: String) {
    var session = Session()
    var job = Sample.job("k7f2")
    job.provider = provider
    session.happens(.jobReported(job))
    session.press("F5", "C")
    #expect(session.shows("Press C again to cancel 1 job"))
    #expect(session.shows("may still be billed") == (provider == "ark"))
  }

  /// It is news only to who has tried to send before.
  @Test func aReferenceThatIsLookedAtIsNoReasonToSend() throws {
    var session = session()
    session.press("F4", "a", "x", "Enter")
    let token = try #require(session.inspections.first?.token)
    session.happens(.referenceInspected(token: token, Sample.facts("x.jpg")))
    #expect(!session.shows("The references are looked at"))
  }

  // MARK: A service that breaks down

  private func broken(_ jobs: [JobStatus], then now: [JobStatus]) -> Session {
    var session = session(3)
    session.happens(.serviceConnected, .jobsListed(jobs), .ticked(now: 50))
    session.happens(.serviceLost(message: "The service broke down.", isUnexpected: true))
    session.happens(.jobsListed(now), .serviceConnected)
    return session
  }

  @Test func whatBecameOfJobsIsSaidWhenTheServiceBrokeDown() {
    let runs = Sample.job("k7f2")
    let waits = Sample.waiting("k7f3", 0, "a lake")
    let unknown = Sample.job("k7f2", .unknown(.open))
    #expect(
      broken([], then: []).shows(
        "The service broke down and was started again; no job was under way."))
    #expect(
      broken([runs, waits], then: [runs, waits]).shows(
        "The service broke down and was started again: 2 jobs go on."))
    #expect(
      broken([waits], then: [waits]).shows(
        "The service broke down and was started again: 1 job goes on."))
    let both = broken([runs, waits], then: [unknown, waits])
    #expect(both.shows("The service broke down and was started again: 1 job goes on."))
    #expect(both.screen.joined(separator: " ").contains("1 request sent and never answered"))
    #expect(
      broken([runs], then: [Sample.job("k7f2", .failed)]).shows(
        "The service broke down and was started again: 1 job ended."))
    // One that nobody is told of again.
    #expect(broken([runs], then: []).shows("was started again: 1 job is not known any more."))
  }

  @Test func aServiceThatWasToldToEndIsFollowedByAnotherWithoutAWord() {
    var session = session(3)
    session.happens(.serviceConnected, .jobsListed([]))
    session.happens(.serviceLost(message: "The service has ended."))
    #expect(session.shows("The service has ended."))
    session.happens(.jobsListed([]), .serviceConnected)
    #expect(!session.shows("started again"))
  }

  /// News of the jobs themselves do not take its place before it was read.
  @Test func whatBecameOfThemIsNotOverwritten() {
    let runs = Sample.job("k7f2")
    var session = broken([runs], then: [runs])
    session.happens(.jobReported(Sample.job("k7f2", .done)))
    #expect(session.shows("The service broke down and was started again: 1 job goes on."))
    for second in 51...56 { session.happens(.ticked(now: Double(second))) }
    #expect(session.shows("Job k7f2 is done."))
  }
}
