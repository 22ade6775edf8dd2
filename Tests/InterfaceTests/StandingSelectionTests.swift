import Jobs
import Paging
import Screen
import Seedream
import TestSupport
import Testing

@testable import Interface

/// A key acts on what the user chose: whatever the service tells in between.
@Suite("What a key acts on")
struct StandingSelectionTests {
  private static let providers = [
    ProviderItem(name: "ark", site: .volcengine), ProviderItem(name: "work"),
  ]

  // MARK: One by one

  private func browsing() -> Session {
    var session = Session(providers: Self.providers)
    session.happens(.historyLoaded(Sample.pictures(5), total: 5), .serviceConnected)
    session.press("F5")
    return session
  }

  /// The words of the issue: an arriving picture took the selection, and `d` trashed another one.
  @Test(arguments: ["d", "Del", "Enter", "Space", "r"])
  func anArrivingPictureTakesNoSelection(key: String) {
    var session = browsing()
    session.happens(.pictureArrived(Sample.picture("new-1")))
    #expect(session.chosen == "p5-1")
    session.press(key)
    #expect(!session.effects.contains(.trashPicture(id: "new-1")))
    #expect(!session.state.compose.references.references.contains(.picture("new-1")))
    #expect(session.rows.contains("new-1"))
  }

  @Test(arguments: ["d", "Del", "Enter", "Space", "p"])
  func aRowThatVanishesLeavesTheKeyNothing(key: String) {
    var session = browsing()
    session.press("↓")
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    session.press(key)
    #expect(session.effects == [])
    #expect(session.state.compose.references.items.isEmpty)
    #expect(session.state.focus == .history)
    #expect(session.shows("p4-1 is not in the list"))
    session.press("↓", "d")
    #expect(session.effects.contains(.trashPicture(id: "p2-1")))
  }

  @Test(arguments: ["c", "R", "x", "J", "K", "e", "d", "Enter"])
  func aJobThatBecomesPicturesLeavesTheKeyNothing(key: String) {
    var session = browsing()
    session.happens(
      .jobReported(Sample.job("k7f2")), .jobReported(Sample.job("k1", .failed, at: 10)))
    session.press("Home")
    session.happens(
      .jobReported(Sample.job("k7f2", .done)), .pictureArrived(Sample.picture("k7f2-1")))
    session.press(key)
    #expect(session.effects == [])
    #expect(session.shows("Job k7f2 has no row any more"))
    session.press("↓")
    #expect(session.chosen == "k1")
  }

  @Test func whereNothingIsLookedAtNewsAreFollowed() {
    var session = browsing()
    session.press("F2")
    session.happens(.pictureArrived(Sample.picture("new-1")))
    #expect(session.chosen == "new-1")
    session.happens(.historyLoaded(Sample.pictures(3), total: 3))
    #expect(session.chosen != nil)
  }

  @Test func aListThatIsReadAgainHasWhatWasLookedAt() {
    var session = Session()
    session.happens(.historyLoaded(Sample.pictures(200), total: 300))
    session.press("F5")
    session.happens(.pictureArrived(Sample.picture("new-1")), .galleryChanged)
    #expect(session.requests.map(\.start) == [.first])
    #expect(session.requests.allSatisfy { $0.limit >= 201 })
  }

  @Test func theFirstMatchIsSelectedUnlessAKeyWasPressedMeanwhile() {
    for isPressed in [false, true] {
      var session = browsing()
      session.press("/")
      session.type("fog")
      session.press("Enter")
      if isPressed { session.press("c") }
      session.happens(.historyLoaded([Sample.picture("f2-1"), Sample.picture("f1-1")], total: 2))
      session.press("d")
      #expect(session.effects.contains(.trashPicture(id: "f2-1")) == !isPressed)
    }
  }

  // MARK: Any event, any key

  /// For every key of the keymap, in random states: what it asks for and what it changes is the same with
  /// news just before it and without, or it does nothing.
  @Test(arguments: 0..<16)
  func newsChangeNothingOfWhatAKeyActsOn(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    var session = Session(providers: Self.providers)
    session.type("a draft")
    session.happens(.serviceConnected, .historyLoaded(Sample.pictures(8), total: 8))
    session.happens(.jobsListed(News.jobs(using: &random)))
    for _ in 0..<16 {
      press(News.key(using: &random), on: &session)
      if Bool.random(using: &random) { happens(News.event(using: &random), to: &session) }
      let news = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        News.event(using: &random)
      }
      var told = session
      for action in news { happens(action, to: &told) }
      #expect(Written(told.state) == Written(session.state), "\(news)")
      let chosen = Chosen(session)
      for binding in ActionRegistry.all where session.state.contexts.contains(binding.context) {
        for keys in binding.keys { compare(keys, session, told, chosen, news) }
      }
    }
  }

  /// The answer to a change that this front end asked for is no news: it brings the draft back. What is done
  /// stays done.
  private func happens(_ action: AppAction, to session: inout Session) {
    let isDone = { [picturesPane = session.state.picturesPane] in
      picturesPane.job($0)?.state.phase == .done
    }
    switch action {
    case .jobEdited(let id) where session.state.compose.editing?.jobID == id: break
    case .jobReported(let job) where isDone(job.id): break
    case .jobsListed(let jobs): session.happens(.jobsListed(jobs.filter { !isDone($0.id) }))
    default: session.happens(action)
    }
  }

  /// - Parameter told: the same session after the news.
  private func compare(
    _ keys: KeySequence, _ session: Session, _ told: Session, _ chosen: Chosen,
    _ news: [AppAction]
  ) {
    var still = session
    var moved = told
    press(keys, on: &still)
    press(keys, on: &moved)
    var place: String { "\(keys.label) in \(session.state.contexts.first as Any) after \(news)" }
    let written = Written(moved.state)
    #expect(
      written == Written(still.state) || written == Written(told.state),
      "\(place): \(written), not \(Written(still.state))")
    let dismissed = moved.dismissed.subtracting(told.dismissed)
    let meant = still.dismissed.subtracting(session.dismissed)
    #expect(dismissed.isSubset(of: chosen.ids.union(meant)), "\(place): \(dismissed)")
    let (before, after) = (
      still.effects.compactMap(\.subject), moved.effects.compactMap(\.subject)
    )
    guard !after.isEmpty else { return }
    #expect(
      after == before || after.allSatisfy(chosen.covers), "\(place): \(after), not \(before)")
  }

  private func press(_ keys: KeySequence, on session: inout Session) {
    session.time += 2.5
    session.effects = []
    for key in keys.keys {
      session.effects += session.state.reduce(.input(.key(key)), at: session.time)
    }
  }

  /// Everything that a send would take from the form, and what is half typed.
  private struct Written: Equatable {
    var form: Draft
    var reference: String?
    var edited: String?

    init(_ state: AppState) {
      form = state.compose.form
      reference = state.compose.references.line?.editor.text
      edited = state.compose.editing?.jobID
    }
  }

  /// What the user had chosen before the news.
  private struct Chosen {
    var ids: Set<String> = []
    var order: PendingSends.Order
    var trashed: String?
    var named: Set<String>

    init(_ session: Session) {
      let state = session.state
      if let id = session.chosen { ids.insert(id) }
      if let id = state.decision?.job.id { ids = [id] }
      if let id = state.compose.editing?.jobID { ids.insert(id) }
      order = PendingSends.Order(
        request: state.compose.outgoing, provider: state.compose.parameters.provider)
      named = state.confirmation.jobsToCancel ?? []
      trashed = state.picturesPane.trash.last
    }

    func covers(_ subject: Subject) -> Bool {
      switch subject {
      case .job(let id), .picture(let id): ids.contains(id)
      case .restored(let id): id == trashed
      case .order(let other): other == order
      case .edit(let id, let request): ids.contains(id) && request == order.request
      case .jobs(let ids): named.isSuperset(of: ids)
      case .queue: false
      }
    }
  }
}

/// What an effect is about.
private enum Subject: Equatable {
  case job(String)
  case jobs([String])
  case picture(String)
  case restored(String)
  case order(PendingSends.Order)
  case edit(String, GenerationRequest)
  case queue(isPaused: Bool)
}

extension AppEffect {
  fileprivate var subject: Subject? {
    switch self {
    case .send(_, let request, let provider):
      .order(PendingSends.Order(request: request, provider: provider))
    case .editJob(let id, let request): .edit(id, request)
    case .cancelJob(let id), .retryJob(let id), .moveJob(let id, _), .forgetJob(let id),
      .attachFiles(let id, _), .fetchPictures(let id):
      .job(id)
    case .cancelJobs(let ids): .jobs(ids)
    case .trashPicture(let id), .recall(let id, _): .picture(id)
    case .restorePicture(let id): .restored(id)
    case .pauseQueue: .queue(isPaused: true)
    case .resumeQueue: .queue(isPaused: false)
    case .loadPage, .loadChanges, .loadPreview, .inspectReference, .openEditor, .saveDraft,
      .suspend, .quit, .redraw, .completePath, .swapDraft:
      nil
    }
  }
}

/// Random things that happen.
enum News {
  private static let ids = (0..<6).map { "j\($0)" }

  static func job(using random: inout SplitMix) -> JobStatus {
    let id = ids.randomElement(using: &random) ?? ""
    let prompt = "prompt of \(id)"
    let state = Sample.states.randomElement(using: &random) ?? .running()
    if state == .queued() {
      return Sample.waiting(id, Int.random(in: 0..<5, using: &random), prompt)
    }
    var job = Sample.job(id, state, at: Double.random(in: 0..<100, using: &random))
    job.request.prompt = prompt
    return job
  }

  static func jobs(using random: inout SplitMix) -> [JobStatus] {
    var known: Set<String> = []
    return (0..<8).map { _ in job(using: &random) }.filter { known.insert($0.id).inserted }
  }

  static func pictures(using random: inout SplitMix) -> [PictureItem] {
    Sample.pictures(8).filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
  }

  /// What the service, the gallery or another terminal may tell at any time.
  static func event(using random: inout SplitMix) -> AppAction {
    let number = Int.random(in: 0..<20, using: &random)
    let picture = Sample.picture("p\(number % 9)-1", "picture number \(number % 9)")
    switch Int.random(in: 0..<17, using: &random) {
    case 0...3: return .jobReported(job(using: &random))
    case 4: return .jobsListed(jobs(using: &random))
    case 5, 6: return .pictureArrived(Sample.picture("n\(number)-1"))
    case 7: return .pictureArrived(picture)
    case 8: return .historyLoaded(pictures(using: &random), total: 8)
    case 9: return .historyLoaded([], total: 0)
    case 10: return .queueReported(QueueStatus(isPaused: Bool.random(using: &random)))
    case 11: return .galleryChanged
    case 12: return .trashRefused(id: picture.id, message: "The gallery cannot be written.")
    case 13: return .pictureRestored(id: picture.id)
    case 14: return .jobEdited(id: ids.randomElement(using: &random) ?? "")
    case 15: return .serviceLost(message: "The service is gone.")
    default:
      return .noticed(Notice(.warning, "Something that takes a line, and another one, to say."))
    }
  }

  /// A key of the keymap, moves most of all.
  static func key(using random: inout SplitMix) -> KeySequence {
    let moves: [KeySequence] = [
      .key(.function(5)), .key(.down), .key(.up), .key(.home), .key(.end), .plain("e"),
      .key(.enter),
    ]
    let ends: [ActionID] = [.quit, "browse.quit", .interrupt, "app.suspend"]
    let all = ActionRegistry.all.filter { !ends.contains($0.id) }
      .flatMap(\.keys)
    return (Int.random(in: 0..<3, using: &random) == 0 ? all : moves).randomElement(using: &random)
      ?? .key(.down)
  }
}
