import Jobs
import Screen
import Testing

@testable import Interface

@Suite("An unknown outcome")
struct DecisionTests {
  private func session(rows: Int = 24, columns: Int = 80, count: Int = 1) -> Session {
    var session = Session(rows: rows, columns: columns)
    session.happens(
      .historyLoaded(Sample.pictures(3), total: 3), .serviceConnected,
      .jobsListed(
        [Sample.job("j2p8", .unknown(.open)), Sample.job("k7f2", at: 120)]
          + (1..<count).map { Sample.job("u\($0)", .unknown(.open), at: 10) }))
    return session
  }

  /// The same with the question open.
  private func asked(rows: Int = 24, columns: Int = 80) -> Session {
    var session = session(rows: rows, columns: columns)
    session.press("Alt-4", "Home", "Enter")
    return session
  }

  private func decided(_ session: inout Session, _ message: String) {
    session.happens(.jobReported(Sample.job("j2p8", .unknown(.settled), message: message)))
  }

  @Test func itIsToldOfAtStartAndShownFirst() {
    var session = session(count: 2)
    #expect(
      session.shows(
        "! 2 requests sent and never answered, perhaps paid: F5 Home Enter decides."))
    #expect(session.shows("? j2p8 outcome unknown"))
    #expect(session.jobRows == ["j2p8", "u1", "k7f2"])
    #expect(session.chosen == "j2p8")
    #expect(session.shows("At risk ¥0.25"))
    // A list that comes again says nothing new.
    for second in 0..<10 { session.happens(.ticked(now: Double(second))) }
    session.happens(.jobsListed([Sample.job("j2p8", .unknown(.open))]))
    #expect(!session.shows("never answered"))
  }

  @Test func whoLooksAtAnOlderPictureIsLeftThere() {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    session.press("Alt-4", "End")
    session.happens(.jobsListed([Sample.job("j2p8", .unknown(.open))]))
    #expect(session.chosen == "p1-1")
    #expect(session.shows("1 request sent and never answered"))
  }

  @Test(arguments: [(24, 80), (40, 120)])
  func theQuestionSaysWhatIsKnown(rows: Int, columns: Int) {
    golden(session(rows: rows, columns: columns, count: 2), "unknown-\(columns)x\(rows)")
    golden(asked(rows: rows, columns: columns), "decision-\(columns)x\(rows)")
  }

  @Test func theServicesOwnWordsAreSaidInstead() {
    var session = session()
    let text = "The connection was cut after 12 seconds: it may have been drawn and billed."
    session.happens(.jobReported(Sample.job("j2p8", .unknown(.open), message: text)))
    session.press("Alt-4", "Home")
    #expect(session.shows("No answer came. Enter decides what"))
    #expect(session.shows("The connection was cut after 12"))
    session.press("Enter")
    #expect(session.shows("The connection was cut after 12 seconds: it may have been drawn and"))
    #expect(!session.shows("The request left"))
  }

  @Test func forgettingPutsItAside() {
    var session = asked()
    session.press("f")
    #expect(session.effects.contains(.forgetJob(id: "j2p8")))
    #expect(session.state.decision == nil)
    decided(&session, "It was put aside.")
    #expect(session.shows("Job j2p8: It was put aside."))
    #expect(!session.shows("? j2p8"))
  }

  @Test func sendingAgainIsAskedTwice() {
    for keys in [["R", "R"], ["↓", "Enter", "Enter"]] {
      var session = asked()
      for key in keys.dropLast() {
        session.press(key)
        #expect(session.effects == [])
      }
      #expect(session.shows("Press \(keys.last ?? "") again to pay anew,"))
      session.time += 2.5
      session.press(keys.last ?? "")
      #expect(session.effects.contains(.retryJob(id: "j2p8")))
      #expect(session.state.decision == nil)
    }
  }

  /// Nobody pays the sandbox: neither is anything said to be paid, nor at risk.
  @Test func aFreeJobIsSaidToBeFree() {
    var session = Session()
    var job = Sample.job("j2p8", .unknown(.open))
    job.provider = "sandbox"
    session.happens(.jobsListed([job]))
    #expect(session.shows("1 request sent and never answered: F5 Home Enter decides."))
    session.press("F5", "Home", "Enter")
    #expect(session.shows("Send it again: it is free"))
    #expect(session.shows("Forget it: nothing is paid"))
    #expect(!session.shows("budget"))
  }

  @Test func aKeyHeldDownSendsNothing() {
    var session = asked()
    session.press("R")
    session.time += 0.04
    session.hold("R", seconds: 20, delay: 0.04)
    #expect(session.effects == [])
    var other = self.session()
    other.press("Alt-4", "Home")
    other.hold("Enter", seconds: 20)
    #expect(other.effects == [])
  }

  @Test func anotherChoiceTakesTheQuestionBack() {
    var session = asked()
    session.press("R", "↓")
    session.time += 2.5
    session.press("R")
    #expect(session.effects == [])
    #expect(session.shows("Press R again"))
  }

  @Test(arguments: [(24, 80), (40, 120)])
  func itDidArrive(rows: Int, columns: Int) {
    var session = asked(rows: rows, columns: columns)
    session.press("a", "Enter")
    #expect(session.effects == [])
    #expect(session.shows("Write the path of the picture that arrived."))
    session.type("~/a.jpg '/tmp/the other.png'")
    golden(session, "attach-\(columns)x\(rows)")
    session.press("Enter")
    let attach = AppEffect.attachFiles(jobID: "j2p8", ["~/a.jpg", "/tmp/the other.png"])
    #expect(session.effects.contains(attach))
    session.press("Enter")
    #expect(session.effects == [])
    session.happens(.attachRefused(jobID: "j2p8", message: "'/tmp/the other.png' is no picture."))
    #expect(session.shows("'/tmp/the other.png' is no picture."))
    session.press("Enter")
    #expect(session.effects.contains(attach))
    // The user's own answer closes the question.
    session.happens(.jobReported(Sample.job("j2p8", .done)), .attached(jobID: "j2p8"))
    #expect(session.shows("Job j2p8 is done."))
    #expect(session.state.decision == nil)
    session.press("Enter")
    #expect(session.effects == [])
  }

  /// What was answered and could not be read in whole may hold the pictures.
  @Test func picturesAreTakenOutOfTheAnswerThatIsKept() {
    var session = session()
    session.press("Alt-4", "Home", "Enter", "t")
    #expect(session.effects == [])
    #expect(session.shows("No answer of job j2p8 is kept."))
    session.press("Esc")
    var job = Sample.job("j2p8", .unknown(.open), expected: 3, arrived: 1)
    job.rawReply = JobStatus.RawReply(byteCount: 54_321, isWhole: true)
    session.happens(.jobReported(job))
    session.press("Enter")
    #expect(session.shows("an answer of 54 KB, not read in whole"))
    #expect(session.shows("t   Take its pictures out of the answer that is kept"))
    session.press("Enter")
    #expect(session.effects == [.attachFiles(jobID: "j2p8", [])])
    session.press("Enter", "R")
    #expect(session.effects == [])
    var other = session
    other.happens(.attachRefused(jobID: "j2p8", message: "No picture can be recognised in it."))
    #expect(other.shows("✗ No picture can be recognised in it."))
    other.press("Enter")
    #expect(other.effects == [.attachFiles(jobID: "j2p8", [])])
    job.members = Sample.saved(2, of: "j2p8")
    session.happens(.jobReported(job), .attached(jobID: "j2p8"))
    #expect(session.shows("2 of 3 pictures of job j2p8 are here: decide about the rest."))
    #expect(session.state.decision != nil)
    session.press("t")
    session.happens(.jobReported(Sample.job("j2p8", .done)), .attached(jobID: "j2p8"))
    #expect(session.state.decision == nil)
  }

  /// On a small screen too: what is decided, and what it may cost.
  @Test func aSmallScreenShowsWhatIsDecided() {
    var session = session(rows: 15, columns: 60)
    let text = "The connection was cut after 12 seconds: it may have been drawn and billed."
    session.happens(.jobReported(Sample.job("j2p8", .unknown(.open), message: text)))
    session.press("Alt-4", "Home", "Enter")
    #expect(session.shows("At risk ¥0.25: ark, Seedream 4.5, 1 picture, 2K"))
    #expect(session.shows("four seasons of a lake"))
    #expect(session.shows("The connection was cut"))
    #expect(session.shows("Decide later"))
    session.press("R")
    #expect(session.shows("At risk ¥0.25: ark"))
  }

  @Test func allPicturesWithoutAnEndAreNotCalledNoAnswer() {
    var session = session()
    session.happens(
      .jobReported(
        Sample.job("j2p8", .unknown(.open), expected: 3, arrived: 3, message: "The end is missing.")
      ))
    session.press("Alt-4", "Home")
    #expect(session.shows("All of its pictures are here"))
    #expect(!session.shows("No answer came"))
  }

  @Test func escapeGoesBackOneStep() {
    var session = asked()
    session.press("a")
    session.type("f R")
    session.press("Esc")
    #expect(session.state.decision?.line == nil)
    session.press("Esc")
    #expect(session.state.decision == nil)
    #expect(session.shows("? j2p8"))
    #expect(session.effects == [])
  }

  @Test func aPathIsPastedAndAChoiceClicked() {
    var session = asked()
    guard let place = session.place(of: "Forget it") else {
      Issue.record("no such choice")
      return
    }
    session.click(row: place.row, column: place.column)
    session.press("Enter")
    #expect(session.effects.contains(.forgetJob(id: "j2p8")))
    var other = asked()
    other.happens(.input(.paste("'/tmp/b c.jpg'")))
    other.press("Enter")
    #expect(other.effects.contains(.attachFiles(jobID: "j2p8", ["/tmp/b c.jpg"])))
  }

  /// Somebody else decides in another terminal.
  @Test func whatIsDecidedElsewhereIsNotAskedAnyMore() {
    var session = asked()
    decided(&session, "The request was sent again as job k9aa.")
    #expect(session.shows("sent again as job k9aa"))
    // The question stays in front: the key that comes next was meant for it, not for what is behind.
    for key in ["R", "a", "f", "c", "d", "Space"] {
      var other = session
      other.time += 2.5
      other.press(key, key)
      #expect(
        other.effects.allSatisfy { if case .loadPreview = $0 { true } else { false } }, "\(key)")
    }
    session.press("Esc")
    #expect(session.state.decision == nil)
  }

  @Test func itIsNotTakenOffTheListUndecided() {
    var session = session()
    session.press("Alt-4", "Home", "x")
    #expect(session.shows("? j2p8"))
    #expect(session.shows("Enter decides what becomes of it first."))
  }

  @Test(arguments: [
    ("a b", ["a", "b"]), (" 'a b'  \"c d\" ", ["a b", "c d"]), (#"a\ b\'"#, ["a b'"]),
    ("'a", ["a"]), (" '' ", []), (#"'a\b'"#, [#"a\b"#]), ("a'b c'd", ["ab cd"]),
  ])
  func pathsAreSplitAsAShellDoes(line: String, paths: [String]) {
    #expect(PathWords.split(line) == paths)
  }
}
