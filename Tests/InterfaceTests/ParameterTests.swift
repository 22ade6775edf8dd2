import Screen
import Seedream
import Testing

@testable import Interface

@Suite("Parameters")
struct ParameterTests {
  @Test func rowsFollowTheModel() {
    var form = Session().state.compose.parameters
    #expect(form.fields.contains(.streaming))
    #expect(!form.fields.contains(.seed))
    #expect(!form.fields.contains(.outputFormat))
    form.set(.model("seedream-3.0"))
    #expect(form.fields.contains(.seed))
    #expect(form.fields.contains(.guidanceScale))
    #expect(form.fields.contains(.count), "so many requests")
    form.set(.model("ep-20260101-abcde"))
    #expect(form.fields == Parameter.allCases)
  }

  @Test(arguments: ModelCatalogue.builtIn.models.map(\.family.rawValue))
  func theValuesOfferedPassTheChecks(model: String) {
    var form = Session().state.compose.parameters
    form.set(.model(model))
    for field in form.fields where field != .provider && field != .model {
      for choice in form.choices(for: field) {
        var changed = form
        changed.set(choice.value)
        var request = changed.outgoing
        request.prompt = "fog"
        let edits = request.layers || request.background == .transparent
        if edits || form.model?.references.lowerBound == 1 {
          request.references = [.url("https://example.com/a.png")]
        }
        let blocking = request.problems(for: form.model).filter { $0.severity == .blocking }
        #expect(blocking.isEmpty, "\(model) \(field) \(choice.title)")
      }
    }
  }

  @Test func arrowsChangeAValueAndStopAtTheEnds() {
    var session = Session()
    session.press("Alt-2", "↓")
    #expect(session.shows("‹ 2K ›"))
    session.press("→")
    #expect(session.shows("‹ 4K ›"))
    session.press("→")
    #expect(session.shows("‹ 2048x2048 ›"))
    session.press("←", "←", "←", "←")
    #expect(session.shows("‹ 2K ›"))
  }

  @Test func spaceSwitchesOnAndOff() {
    var session = Session()
    session.press("Alt-2")
    session.state.compose.parameters.select(
      row: session.state.compose.parameters.fields.firstIndex(of: .watermark) ?? 0)
    session.press("Space")
    #expect(session.state.compose.parameters.request.watermark)
    session.press("Space")
    #expect(!session.state.compose.parameters.request.watermark)
  }

  @Test func enterOpensAListAndTakesFromIt() {
    var session = Session()
    session.press("Alt-2", "Enter")
    #expect(session.shows("Seedream 4.0"))
    session.press("↓", "Enter")
    #expect(session.state.compose.parameters.request.model == "seedream-4.0")
    session.press("Enter", "End", "Esc")
    #expect(session.state.compose.parameters.request.model == "seedream-4.0")
  }

  @Test func aSizeCanBeTyped() {
    var session = Session()
    session.press("Alt-2", "↓")
    session.type("3000x20")
    session.press("Backspace", "Backspace")
    session.type("2000")
    session.press("Enter")
    #expect(session.state.compose.parameters.request.size == .pixels(width: 3000, height: 2000))
  }

  @Test func whatIsNoSizeStaysAndIsExplained() {
    var session = Session()
    session.press("Alt-2", "↓")
    session.type("2big")
    session.press("Enter")
    #expect(session.shows("✗ Not a size. Write 2K, or pixels such as 2048x1024."))
    #expect(session.shows("Size: 2big"))
    session.press("Tab")
    #expect(session.state.focus == .parameters)
    session.press("Esc")
    #expect(session.state.compose.parameters.request.size == .keyword("2K"))
    session.press("Tab")
    #expect(session.state.focus == .references)
  }

  @Test func anEndpointCanBeTypedAsModel() {
    var session = Session()
    session.press("Alt-2", "e")
    session.type("ep-20260101-abcde")
    session.press("Enter")
    #expect(session.state.compose.parameters.request.model == "ep-20260101-abcde")
    session.press("e")
    session.type("DOUBAO-seedream-4-0-250828")
    session.press("Enter")
    #expect(session.state.compose.parameters.request.model == "seedream-4.0")
  }

  @Test func aSizeAnotherModelDoesNotOfferGivesWay() {
    var form = Session().state.compose.parameters
    form.set(.size(.keyword("4K")))
    form.set(.model("seedream-5.0-pro"))
    #expect(form.request.size == form.model?.sizes.standard)
    form.set(.size(.keyword("2K")))
    form.set(.model("seedream-4.5"))
    #expect(form.request.size == .keyword("2K"))
  }

  @Test func theProviderAndItsPriceAreAlwaysSeen() {
    var session = Session()
    #expect(session.shows("sandbox: pictures are drawn locally, nothing is paid"))
    session.state.compose.parameters.set(.provider("ark"))
    #expect(session.shows("ark: no key found"))
    var small = Session(rows: 12, columns: 50)
    #expect(small.shows("sandbox"))
    small.press("Tab")
    #expect(small.shows("▸Parameters"))
  }

  @Test func aProvidersLimitsAreTheFormsLimits() {
    let form = ParameterForm(
      providers: [ProviderItem(name: "small", limits: RequestLimits(pictures: 1, seed: true))],
      provider: "small", catalogue: .builtIn,
      request: GenerationRequest(model: "seedream-4.5", prompt: ""))
    #expect(form.fields.contains(.seed))
  }

  @Test func theFormBeginsWithWhatTheSettingsSay() {
    let settings = GenerationRequest(
      model: "seedream-4.0", prompt: "", size: .keyword("1K"), count: 3, watermark: true)
    let state = AppState(
      providers: [ProviderItem(name: "sandbox")], provider: "sandbox", request: settings)
    #expect(state.compose.outgoing == settings)
  }

  @Test func aSizeOfTheSettingsThatTheModelDoesNotDrawGivesWay() {
    let state = AppState(
      providers: [ProviderItem(name: "sandbox")], provider: "sandbox",
      request: GenerationRequest(model: "seedream-4.5", prompt: "", size: .keyword("1K")))
    #expect(state.compose.outgoing.size == .keyword("2K"))
  }
}
