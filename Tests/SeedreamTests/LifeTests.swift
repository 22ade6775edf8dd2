import FoundationEssentials
import Seedream
import Testing

/// What is said of models that end.
@Suite struct LifeTests {
  let catalogue = ModelCatalogue.builtIn

  /// Seconds since 1970 of a day or minute.
  static func time(_ text: String) throws -> Double {
    try #require(ModelLife.Moment(text, hoursOfDays: 0)).seconds
  }

  @Test(arguments: [
    ("1970-01-01T00:00Z", 0.0), ("2026-11-24T14:00+08:00", 1_795_500_000.0),
    ("1970-01-02", 172_800.0),
    ("2024-02-29", 1_709_251_200.0), ("2026-11-24T06:00Z", 1_795_500_000.0),
    ("2026-11-23T22:00-08:00", 1_795_500_000.0),
  ])
  func momentsAreReadInTheirZone(text: String, seconds: Double) throws {
    #expect(try Self.time(text) == seconds)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01", "2026-02-29", "2026-11-24T25:00Z", "2026-11-24T14:00", "26-11-24",
    "2026-11-24 14:00Z", "2026-11-24T14:00+8", "2026-11-2४", "2026-11-24T14:00+08:00x",
  ])
  func whatIsNoMomentIsRefused(text: String) {
    #expect(ModelLife.Moment(text) == nil)
  }

  @Test func aDayIsOverWhenTheNextOneBeginsThere() throws {
    let life = ModelLife(last: ModelLife.Moment("2026-05-13"), source: "x")
    #expect(!life.isOver(at: try Self.time("2026-05-13T23:59+08:00")))
    #expect(life.isOver(at: try Self.time("2026-05-14T00:00+08:00")))
  }

  static let november = "2026-11-30T12:00Z"

  @Test(arguments: ["seedream-4.5", "seedream-4.0", "seedream-5.0-lite"])
  func anEndThatOneSourceReportsIsShownAsReportedWithSuccessorAndPrice(family: String) throws {
    let model = try #require(catalogue.model(named: family))
    let before = catalogue.lifeNotice(
      of: model, at: .ark, now: try Self.time("2026-11-24T13:59+08:00"))
    #expect(before?.isOver == false)
    #expect(before?.words.contains("is reported to end at volcengine on 2026-11-24 14:00") == true)
    let now = try Self.time("2026-11-24T14:00+08:00")
    let notice = try #require(catalogue.lifeNotice(of: model, at: .ark, now: now))
    #expect(notice.isOver)
    #expect(notice.words.contains("is reported to have ended at volcengine"))
    #expect(notice.words.contains("one source: release note of Modelwright 0.1.35"))
    let problem = catalogue.problem(
      of: notice, for: try lantern(family), pricing: Dialect.ark.pricing)
    #expect(problem.severity == .advice && problem.field == .model)
    #expect(problem.suggestions == ["seedream-5.0-pro"])
    #expect(problem.message.contains("Seedream 5.0 pro") && problem.message.contains("¥0.60"))
    #expect(
      try sent(lantern(family), .ark)["model"] == .string(model.volcengine.id), "sent as asked")
    for dialect in [Dialect.byteplus, .apiyi, .sandbox] {
      #expect(catalogue.lifeNotice(of: model, at: dialect, now: now) == nil, "\(dialect.name)")
    }
  }

  @Test func whatTheVendorSaysIsSaidAsSuch() throws {
    let now = try Self.time(Self.november)
    let lite = try #require(catalogue.model(named: "lite"))
    let words = catalogue.lifeNotice(of: lite, at: .byteplusEurope, now: now)?.words
    #expect(words?.contains("has ended at byteplus-eu on 2026-09-10") == true)
    var own = Dialect.byteplus
    own.baseURL = "https://ark.eu-west.bytepluses.com/api/v3"
    #expect(catalogue.lifeNotice(of: lite, at: own, now: now) != nil, "the address decides")
    for name in ["3.0", "seededit"] {
      let model = try #require(catalogue.model(named: name))
      let notice = catalogue.lifeNotice(of: model, at: .byteplus, now: now)
      #expect(notice?.isOver == true && notice?.successor == .seedream40, "\(name)")
    }
  }

  /// Where nobody knows a day, the vendor's own word is said at the send as in the list.
  @Test func whatIsBeingRetiredIsSaidEverywhere() throws {
    let now = try Self.time(Self.november)
    for (name, isOver) in [("3.0", false), ("seededit", true)] {
      let model = try #require(catalogue.model(named: name))
      for dialect in Dialect.builtIn where dialect.place != nil {
        let notice = try #require(
          catalogue.lifeNotice(of: model, at: dialect, now: now), "\(dialect.name)")
        #expect(notice.isOver == (isOver || dialect.place == "byteplus"), "\(dialect.name)")
        #expect(!notice.isListed && !notice.isReported)
      }
      #expect(catalogue.lifeNotice(of: model, at: .sandbox, now: now) == nil)
      let words = catalogue.lifeNotice(of: model, at: .ark, now: now)?.words
      #expect(words?.contains("says the vendor") == true)
    }
  }

  @Test func theIdIsTheOneThatIsSent() throws {
    let model = try #require(catalogue.model(named: "5.5"))
    #expect(Dialect.apiyi.sentID(of: model) == "seedream-5-5-261028")
    #expect(Dialect.byteplus.sentID(of: model) == model.byteplus.id)
    #expect(Dialect.ark.sentID(of: model) == "")
    let older = try #require(catalogue.model(named: "4.0"))
    #expect(Dialect.pixazo.sentID(of: older) == nil)
  }

  @Test func defaultsAvoidWhatHasEndedOnTheirSite() throws {
    let before = try Self.time("2026-11-24T13:00+08:00")
    let now = try Self.time(Self.november)
    #expect(catalogue.standardModel(of: .ark, now: before) == .seedream45)
    #expect(catalogue.standardModel(of: .ark, now: now) == .seedream5Pro)
    // Nobody says that chainhub has what follows on the site it resells.
    #expect(catalogue.standardModel(of: .chainhub, now: now) == .seedream40)
    for dialect in Dialect.builtIn where dialect.name != Dialect.chainhub.name {
      let family = catalogue.standardModel(of: dialect, now: now)
      let model = try #require(catalogue.model(of: family))
      #expect(catalogue.lifeNotice(of: model, at: dialect, now: now) == nil, "\(dialect.name)")
      #expect(!model.id(for: dialect.site).isEmpty, "\(dialect.name)")
    }
    #expect(catalogue.standardModel(of: .byteplus, now: now) == .seedream45)
    #expect(catalogue.standardModel(of: .sandbox, now: now) == .seedream45)
  }

  @Test func aResellerIsNotSaidToHaveWhatFollowsOnTheSiteItResells() throws {
    let now = try Self.time(Self.november)
    let model = try #require(catalogue.model(named: "4.0"))
    let notice = try #require(catalogue.lifeNotice(of: model, at: .chainhub, now: now))
    #expect(notice.isOver && notice.successor == nil)
    let problem = catalogue.problem(
      of: notice, for: try lantern("4.0"), pricing: Dialect.chainhub.pricing)
    #expect(problem.message.hasSuffix("; it is sent as asked for."))
    #expect(problem.suggestions.isEmpty)
  }

  static func listing(_ entries: String) throws -> ModelListing {
    try #require(
      ModelListing(
        Array(#"{"object":"list","data":[\#(entries)]}"#.utf8), asked: 1_796_040_000,
        baseURL: "https://ark.cn-beijing.volces.com/api/v3"))
  }

  @Test func theProvidersOwnListDecides() throws {
    let now = try Self.time(Self.november)
    let model = try #require(catalogue.model(named: "4.5"))
    func notice(_ entries: String) throws -> LifeNotice? {
      catalogue.lifeNotice(of: model, at: .ark, now: now, listing: try Self.listing(entries))
    }
    let pro = #"{"id":"doubao-seedream-5-0-pro-260628","domain":"ImageGeneration"}"#
    #expect(try notice(#"{"id":"doubao-seedream-4-5-251128","status":"Active"},\#(pro)"#) == nil)
    #expect(try notice(#"{"id":"doubao-seedream-4-5-251128"},\#(pro)"#) == nil)
    #expect(
      try notice(#"{"id":"doubao-seedream-4-5-251128","status":"Retiring"}"#)?.isOver == false)
    #expect(
      try notice(#"{"id":"doubao-seedream-4-5-251128","status":"Shutdown"}"#)?.isOver == true)
    let gone = try #require(try notice(pro))
    #expect(gone.isOver && gone.words.contains("not in the list of models of volcengine"))
    #expect(gone.words.contains("asked on 2026-11-30"))
    let chats = try notice(#"{"id":"doubao-1-5-pro"}"#)
    #expect(chats?.words.contains("is reported") == true, "a list of other models says nothing")
    let four = try Self.listing(#"{"id":"doubao-seedream-4-5-251128"}"#)
    #expect(catalogue.standardModel(of: .ark, now: now, listing: four) == .seedream45)
  }

  @Test(arguments: [
    "", "<html>", "null", "[]", "{}", #"{"data":[]}"#, #"{"data":{}}"#, #"{"data":[{"name":"x"}]}"#,
  ])
  func whatIsNoListSaysNothing(body: String) {
    #expect(ModelListing(Array(body.utf8), asked: 0, baseURL: "") == nil)
  }

  @Test func differencesAreNewRetiringAndGone() throws {
    let entries =
      #"{"id":"doubao-seedream-5-5-261028"},{"id":"doubao-seedream-5-0-pro-260628","status":"Retiring"},"#
      + #"{"id":"doubao-seedream-4-5-251128","status":"Shutdown"},{"id":7},{"id":"doubao-chat"},"#
      + #"{"id":"doubao-seedream-4-0-250828"}"#
    let differences = catalogue.differences(from: try Self.listing(entries), at: .ark)
    func ids(_ kind: ListingDifference.Kind) -> [String] {
      differences.filter { $0.kind == kind }.map(\.id)
    }
    #expect(ids(.new) == ["doubao-seedream-5-5-261028"])
    #expect(ids(.retiring) == ["doubao-seedream-5-0-pro-260628"])
    #expect(ids(.gone).contains("doubao-seedream-4-5-251128"), "shut down")
    #expect(ids(.gone).contains("doubao-seedream-5-0-260128"), "not there")
    #expect(!ids(.gone).contains("doubao-seedream-4-0-250828"))
  }

  @Test func theLineOfSuccessorsIsFollowedAndHasAnEnd() throws {
    var lite = ModelCorrection(of: .seedream45)
    lite.lives = [
      "byteplus": ModelLife(
        last: ModelLife.Moment("2026-01-01"), successor: .seedream40, source: "me")
    ]
    var other = ModelCorrection(of: .seedream40)
    other.lives = [
      "byteplus": ModelLife(
        last: ModelLife.Moment("2026-01-01"), successor: .seedream45, source: "me")
    ]
    let changed = catalogue.corrected(by: [lite, other]).catalogue
    let model = try #require(changed.model(named: "4.5"))
    let now = try Self.time(Self.november)
    let notice = try #require(changed.lifeNotice(of: model, at: .byteplus, now: now))
    #expect(notice.successor == nil, "a circle")
    #expect(changed.standardModel(of: .byteplus, now: now) == .seedream55, "the first that is left")
  }
}
