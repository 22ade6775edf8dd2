import Screen
import Seedream
import Testing

@testable import Interface

@Suite("The price before it is paid")
struct PriceTests {
  private func session(_ item: ProviderItem, rows: Int = 24, columns: Int = 80) -> Session {
    Session(rows: rows, columns: columns, providers: [item])
  }

  @Test func theHighestPriceFollowsTheFields() throws {
    var session = session(ProviderItem(name: "byteplus", site: .byteplus))
    let model = try #require(ModelCatalogue.builtIn.model(named: "seedream-4.5"))
    let one = try #require(
      model.highestCost(of: .keyword("2K"), count: 1, references: 0, on: .byteplus))
    #expect(session.shows("byteplus: at most \(one)"))
    session.press("Alt-2", "↓", "↓", "→", "→")
    let three = try #require(
      model.highestCost(of: .keyword("2K"), count: 3, references: 0, on: .byteplus))
    #expect(three.tenThousandths > one.tenThousandths)
    #expect(session.shows("byteplus: at most \(three)"))
  }

  /// A model that draws one picture a request is asked so often, and each request pays for its references.
  @Test func severalPicturesOfAModelThatDrawsOneArePricedAsOneSend() {
    var session = session(ProviderItem(name: "byteplus", site: .byteplus), columns: 120)
    session.state.compose.parameters.set(.model("seedream-5.0-pro"))
    session.state.compose.parameters.set(.size(.keyword("1K")))
    session.state.compose.parameters.set(.count(4))
    #expect(session.shows("byteplus: at most $0.18"))
  }

  @Test func eachSiteHasItsCurrency() {
    #expect(session(ProviderItem(name: "ark", site: .volcengine)).shows("ark: at most ¥"))
    #expect(session(ProviderItem(name: "byteplus", site: .byteplus)).shows("byteplus: at most $"))
  }

  @Test func aResellersPriceIsNotMadeUp() {
    let session = session(ProviderItem(name: "chainhub", chargesListPrices: false))
    #expect(session.shows("chainhub: price not known"))
    #expect(!session.screen.joined().contains("$"))
  }

  @Test func theSandboxIsFree() {
    #expect(session(ProviderItem(name: "sandbox", isSandbox: true)).shows("nothing is paid"))
    let small = session(ProviderItem(name: "sandbox", isSandbox: true), rows: 12, columns: 59)
    #expect(small.shows("sandbox: free"))
  }

  @Test func aLetterOfThePromptDoesNotChangeIt() {
    var session = session(ProviderItem(name: "byteplus"))
    let header = session.screen.first
    for letter in "two pictures, 4K" {
      session.type(String(letter))
      #expect(session.screen.first == header)
    }
  }

  @Test func aNarrowScreenShowsItWhereThereIsRoom() {
    #expect(session(ProviderItem(name: "ark"), rows: 12, columns: 59).shows("ark: at most $"))
    #expect(session(ProviderItem(name: "ark"), rows: 12, columns: 45).shows("ark: at most $"))
  }

  /// Whichever pane has the focus, on a telephone too.
  @Test(arguments: ["F2", "F3", "F4", "F5"], [28, 34, 40, 59])
  func aNarrowScreenShortensTheNamesOfPanesAndNotThePrice(key: String, columns: Int) {
    var session = session(ProviderItem(name: "byteplus"), rows: 10, columns: columns)
    session.press(key)
    #expect(session.screen[0].contains("▸"))
    #expect(session.screen[0].contains("at most $0.04"))
    if columns > 38 { #expect(session.screen[0].contains("byteplus: at most $0.04")) }
  }

  /// Of several limits, the one that has room for the fewest such sends.
  @Test(arguments: [(24, 80), (40, 120)])
  func whatIsLeftOfTheTightestBudgetIsShown(rows: Int, columns: Int) {
    var session = session(ProviderItem(name: "byteplus"), rows: rows, columns: columns)
    session.happens(
      .serviceConnected,
      .budgetReported([
        BudgetItem(unit: .currency("USD"), left: 3_200_000, shown: "$3.20 left today"),
        BudgetItem(unit: .currency("USD"), left: 41_000_000, shown: "$41.00 left this month"),
        BudgetItem(unit: .currency("CNY"), left: 1, shown: "¥0.00 left today"),
        BudgetItem(unit: .pictures, left: 100, shown: "100 pictures left today"),
      ]))
    golden(session, "budget-\(columns)x\(rows)")
    #expect(session.shows(", $3.20 left today"))
    session.happens(
      .budgetReported([BudgetItem(unit: .pictures, left: 0, shown: "0 pictures left today")]))
    #expect(session.shows(", 0 pictures left today"))
    session.happens(.budgetReported([]))
    #expect(!session.shows("left"))
  }
}
