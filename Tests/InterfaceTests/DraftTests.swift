import FoundationEssentials
import Jobs
import Seedream
import Testing

@testable import Interface

@Suite("What was typed and not sent")
struct DraftTests {
  private let jobs = AppAction.jobsListed([
    Sample.waiting("a111", 0, "the first"), Sample.waiting("b222", 1, "the second"),
  ])

  private func session() -> Session {
    Session(providers: [
      ProviderItem(name: "ark", site: .volcengine), ProviderItem(name: "work"),
    ])
  }

  /// A session with a draft, in which the request of a job is being changed.
  private func editing() -> Session {
    var session = session()
    session.type("a draft of mine")
    session.happens(.historyLoaded([], total: 0), .serviceConnected, jobs)
    session.press("F5", "Home", "e")
    session.type(" in snow")
    return session
  }

  /// What the next session finds of this one, which was ended without a question.
  private func kept(_ session: Session) throws -> Draft {
    try JSONDecoder().decode(Draft.self, from: try JSONEncoder().encode(session.state.draft))
  }

  @Test func changesToAJobOutliveAnEndThatAsksNobody() throws {
    let ended = editing()
    var next = session()
    next.happens(.draftRestored(try kept(ended)), .serviceConnected, jobs)
    #expect(next.state.compose.prompt.editor.text == "the first in snow")
    #expect(next.shows("The changes to job a111 were not made when Darkroom ended"))
    #expect(next.state.draft.request.prompt == "a draft of mine")
    #expect(try kept(next) == kept(ended))
    var changed = next
    changed.press("Ctrl-G")
    #expect(changed.effects.contains { if case .editJob("a111", _) = $0 { true } else { false } })
    next.press("Esc")
    next.time += 2.5
    next.press("Esc")
    #expect(next.state.compose.prompt.editor.text == "a draft of mine")
    #expect(try kept(next).edited == nil)
  }

  @Test func changesAreSavedWhileTheyAreTyped() throws {
    var session = editing()
    session.happens(.ticked(now: 1))
    let saved = session.effects.compactMap {
      if case .saveDraft(let draft) = $0 { draft } else { nil }
    }
    #expect(saved.first?.edited?.request.prompt == "the first in snow")
  }

  @Test(arguments: ["Ctrl-Q", "Ctrl-C"])
  func whoWasAskedAndLeavesHasDroppedThem(key: String) throws {
    var session = editing()
    session.press(key)
    #expect(try kept(session).edited != nil)
    session.time += 2.5
    session.press(key)
    #expect(session.effects.contains(.quit))
    #expect(try kept(session).edited == nil)
    #expect(try kept(session).request.prompt == "a draft of mine")
  }

  @Test func changesToAJobThatWasSentMeanwhileAreStillThere() throws {
    var next = session()
    next.happens(
      .draftRestored(try kept(editing())), .serviceConnected, .jobsListed([Sample.job("a111")]))
    #expect(next.state.compose.prompt.editor.text == "the first in snow")
    #expect(next.screen[0].contains("Job a111 was sent meanwhile"))
  }

  @Test func referencesOfAChangedJobAreLookedAtOnlyWhereTheyAreNew() throws {
    var session = editing()
    session.press("F4", "a")
    session.type("/tmp/cat.jpg")
    session.press("Enter", "a")
    session.type("/tmp/do")
    var next = self.session()
    next.happens(.draftRestored(try kept(session)))
    #expect(next.inspections.map(\.text) == ["/tmp/cat.jpg"])
    #expect(next.state.compose.references.typed == "/tmp/do")
    #expect(try kept(next) == kept(session))
  }

  // MARK: A draft that comes late

  @Test func whatIsTypedBeforeTheDraftIsThereStandsBehindIt() {
    var session = session()
    session.type("fog")
    session.press("←")
    var request = GenerationRequest(
      model: "seedream-4.0", prompt: "a red lantern in ", references: [.picture("k7f2-1")])
    request.count = 3
    var draft = Draft(provider: "work", request: request)
    draft.chosen = "ark"
    session.happens(.draftRestored(draft))
    #expect(session.state.compose.prompt.editor.text == "a red lantern in fog")
    #expect(session.state.compose.parameters.provider == "work")
    #expect(session.state.compose.parameters.request.count == 3)
    #expect(session.inspections.map(\.text) == ["k7f2-1"])
    session.type("r")
    #expect(session.state.compose.prompt.editor.text == "a red lantern in forg")
  }

  @Test func whatWasChosenBeforeTheDraftIsThereStays() {
    var session = session()
    session.state.compose.parameters.set(.model("seedream-4.0"))
    session.happens(
      .draftRestored(
        Draft(
          provider: "work", request: GenerationRequest(model: "seedream-4.5", prompt: "a koi"))))
    #expect(session.state.compose.parameters.request.model == "seedream-4.0")
    #expect(session.state.compose.prompt.editor.text == "a koi")
  }

  @Test func referencesTypedBeforeTheDraftIsThereStandBehindItsOwn() {
    var session = session()
    session.press("F4", "a")
    session.type("/tmp/cat.jpg")
    session.press("Enter", "a")
    session.type("og.jpg")
    let request = GenerationRequest(
      model: "seedream-4.0", prompt: "", references: [.picture("k7f2-1")])
    var draft = Draft(provider: "ark", request: request)
    draft.reference = "/tmp/d"
    session.happens(.draftRestored(draft))
    #expect(session.state.compose.references.items.map(\.text) == ["k7f2-1", "/tmp/cat.jpg"])
    #expect(session.state.compose.references.line?.editor.text == "/tmp/dog.jpg")
  }

  @Test func aDraftThatComesWhileAJobIsEditedIsThereWhenItIsLeft() throws {
    var session = editing()
    let request = GenerationRequest(
      model: "seedream-4.0", prompt: "kept, ", references: [.picture("k7f2-1")])
    session.happens(.draftRestored(Draft(provider: "ark", request: request)))
    #expect(session.state.compose.prompt.editor.text == "the first in snow")
    #expect(try kept(session).request.prompt == "kept, a draft of mine")
    session.press("F2", "Esc")
    session.time += 2.5
    session.press("Esc")
    #expect(session.state.compose.prompt.editor.text == "kept, a draft of mine")
    #expect(session.inspections.map(\.text) == ["k7f2-1"])
  }

  // MARK: What else is typed

  @Test func aHalfTypedReferenceIsKept() throws {
    var session = session()
    session.press("F4", "a")
    session.type("/tmp/ca")
    #expect(session.state.wantsTicks)
    var next = self.session()
    next.happens(.draftRestored(try kept(session)))
    next.press("F4")
    #expect(next.shows("Add: /tmp/ca"))
  }

  @Test func aDraftOfAnEarlierProgramIsRead() throws {
    let draft = Draft(
      provider: "ark", request: GenerationRequest(model: "seedream-4.0", prompt: "a koi"))
    let json = String(decoding: try JSONEncoder().encode(draft), as: UTF8.self)
    #expect(!json.contains("edited") && !json.contains("\"reference\""))
    #expect(try JSONDecoder().decode(Draft.self, from: Data(json.utf8)) == draft)
  }

  // MARK: Whom it goes to

  /// Configuration, keys and command line choose the provider; an old draft does not.
  @Test(arguments: ["work", nil])
  func theProviderChosenNowGoesBeforeThatOfTheDraft(chosen: String?) {
    var session = session()
    let request = GenerationRequest(
      model: "seedream-4.0", prompt: "a koi", references: [.picture("k7f2-1")],
      size: .keyword("4K"), count: 2)
    var draft = Draft(provider: "work", request: request)
    draft.chosen = chosen
    session.happens(.draftRestored(draft))
    #expect(session.state.compose.parameters.provider == "ark")
    #expect(session.state.compose.parameters.request.model == "seedream-4.5")
    #expect(session.state.compose.parameters.request.count == 2)
    #expect(session.state.compose.parameters.request.size == .keyword("4K"))
    #expect(session.state.compose.prompt.editor.text == "a koi")
    #expect(session.inspections.map(\.text) == ["k7f2-1"])
    #expect(session.screen[0].contains("the draft was for work, Seedream 4.0"))
    #expect(session.state.draft.chosen == "ark")
  }

  @Test func aProviderChosenInTheFormIsThereNextTime() throws {
    var session = session()
    session.state.compose.parameters.set(.provider("work"))
    session.type("a koi")
    var next = self.session()
    next.happens(.draftRestored(try kept(session)))
    #expect(next.state.compose.parameters.provider == "work")
    #expect(!next.screen[0].contains("the draft was for"))
  }

  // MARK: Several drafts

  @Test func anotherDraftIsOfferedAndTakenWithoutLosingThisOne() throws {
    var session = session()
    session.type("draft of B")
    session.happens(.otherDraftFound(words: "draft of A"))
    #expect(session.shows("Another studio left a draft too: 'draft of A'. Ctrl-T brings it here."))
    session.press("Ctrl-T")
    #expect(session.effects == [.swapDraft(session.state.draft)])
    let request = GenerationRequest(
      model: "seedream-4.5", prompt: "draft of A", references: [.picture("k7f2-1")])
    var other = Draft(provider: "ark", request: request)
    other.chosen = "ark"
    session.happens(.draftTaken(other))
    #expect(session.state.compose.prompt.editor.text == "draft of A")
    #expect(session.inspections.map(\.text) == ["k7f2-1"])
    // The send that meant the one before asks first.
    session.happens(
      .referenceInspected(
        token: session.state.compose.references.items[0].token, Sample.facts("a.jpg")))
  }
}
