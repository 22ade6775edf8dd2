import Jobs
import Screen
import Seedream
import Testing

@testable import Interface

/// A request of the past, taken into the form again: what has changed since is named.
@Suite("Recall")
struct RecallTests {
  private static func draft(_ change: (inout GenerationRequest) -> Void = { _ in }) -> Draft {
    var request = GenerationRequest(
      model: "seedream-4.5", prompt: "a lake", references: [.picture("p1-1")],
      size: .keyword("4K"))
    change(&request)
    return Draft(provider: "ark", request: request)
  }

  private func session(_ notices: [String: LifeNotice] = [:]) -> Session {
    var session = Session(providers: [
      ProviderItem(
        name: "ark", site: .volcengine, chargesListPrices: true, notices: notices)
    ])
    session.happens(.historyLoaded(Sample.pictures(2), total: 2))
    session.press("Alt-4")
    return session
  }

  @Test func theWholeRequestIsInTheFormAgain() {
    var session = session()
    session.press("t")
    #expect(
      session.effects.contains(
        .recall(pictureID: "p2-1", file: Sample.pictures(2)[0].file)))
    session.happens(.recalled(pictureID: "p2-1", Self.draft(), price: "¥0.25"))
    #expect(session.state.draft.request.model == "seedream-4.5")
    #expect(session.state.draft.request.size == .keyword("4K"))
    #expect(session.state.draft.request.prompt == "a lake")
    #expect(session.state.draft.request.references == [.picture("p1-1")])
    #expect(session.state.focus == .prompt)
    #expect(session.shows("The request of p2-1 is in the form."))
    #expect(session.sent.isEmpty)
  }

  @Test func aModelThatHasEndedIsNamedWithItsSuccessor() {
    var session = session([
      "seedream-4.5": LifeNotice(
        of: .seedream45, "Seedream 4.5 has ended", successor: .seedream5Pro, isOver: true)
    ])
    session.press("t")
    session.happens(.recalled(pictureID: "p2-1", Self.draft(), price: nil))
    let said = session.state.message.notice?.text ?? ""
    #expect(said.contains("Since then: Seedream 4.5 has ended; Seedream 5.0 pro"), "\(said)")
    #expect(session.state.draft.request.model == "seedream-4.5", "nothing is replaced")
  }

  @Test func anotherPriceAndWhatIsNotTakenAnyMoreAreNamed() {
    var session = session()
    session.press("t")
    session.happens(
      .recalled(pictureID: "p2-1", Self.draft { $0.outputFormat = .png }, price: "¥0.10"))
    let said = session.state.message.notice?.text ?? ""
    #expect(said.contains("It cost ¥0.10 then, and at most ¥0.25 now."), "\(said)")
    #expect(said.contains("Seedream 4.5 always draws JPEG"), "\(said)")
  }

  @Test func aProviderThatIsGoneIsNamed() {
    var session = session()
    var draft = Self.draft()
    draft.provider = "old"
    session.press("t")
    session.happens(.recalled(pictureID: "p2-1", draft, price: nil))
    #expect(session.shows("There is no provider 'old' any more."))
    #expect(session.state.compose.parameters.provider == "ark")
  }

  @Test func anAnswerThatNobodyAskedForChangesNothing() {
    var session = session()
    session.press("Alt-1")
    session.type("fog")
    session.happens(.recalled(pictureID: "p2-1", Self.draft(), price: nil))
    #expect(session.state.draft.request.prompt == "fog")
  }

  @Test func theRequestOfAJobIsTakenToo() {
    var session = Session()
    session.happens(.jobsListed([Sample.job("j2p8", .failed)]))
    session.press("Alt-4", "Home", "t")
    #expect(session.shows("The request of j2p8 is in the form."))
    #expect(session.state.draft.request.prompt == "four seasons of a lake")
  }
}
