import FoundationEssentials
import HTTP
import Posix
import Seedream
import TestSupport
import Testing

extension WholeProgramTests {
  /// `models --refresh` and `doctor` beside what a provider lists, on a real server.
  @Suite struct ModelListingTests {
    /// A provider that answers `GET /api/v3/models` as the test says, and keeps what it was asked.
    private final class Listing: Sendable {
      private let server: ScriptedProvider

      init(_ status: Int, _ body: String, headers: [HTTPHeader] = []) throws {
        server = try ScriptedProvider { _, _ in
          HTTPReply(status: status, headers: headers, body: .bytes(Array(body.utf8)))
        }
      }

      var asked: Collected<HTTPServerRequest> { server.requests }
      var address: String { server.url + "/api/v3" }

      func home() throws -> ProgramHome { try ModelListingTests.home(at: address) }
    }

    /// A home with this provider.
    private static func home(at address: String, dialect: String = "byteplus") throws -> ProgramHome
    {
      let home = try ProgramHome(
        configuration: """
          provider: listed
          providers:
            listed:
              dialect: \(dialect)
              base_url: \(address)
              key_env: LISTED_KEY
          """)
      home.variables["LISTED_KEY"] = "key-of-the-list-0001"
      return home
    }

    private static let list = """
      {"object":"list","data":[{"id":"seedream-4-5-251128","status":"Retiring"},
      {"id":"seedream-4-0-250828"},{"id":"seedream-9-0-270101"},{"id":"a-language-model"}]}
      """

    private static func row(_ model: String, of outcome: ProgramHome.Outcome) -> String {
      outcome.lines.first { $0.hasPrefix(model + " ") } ?? ""
    }

    @Test func refreshTellsWhatIsNewRetiringAndGone() throws {
      let provider = try Listing(200, Self.list)
      let home = try provider.home()
      let outcome = try home.run("models", "--refresh")
      #expect(outcome.status == .exited(0))
      for words in [
        "seedream-9-0-270101 is new", "seedream-4-5-251128 is being retired",
        "seedream-5-0-260128 is gone",
      ] { #expect(outcome.narration.contains(words), "\(words)") }
      #expect(!outcome.narration.contains("a-language-model"))
      #expect(Self.row("seedream-4.5", of: outcome).hasSuffix("being retired, says its list"))
      #expect(Self.row("seedream-5.0-lite", of: outcome).hasSuffix("ended, says its list"))
      #expect(!Self.row("seedream-4.0", of: outcome).contains("list"))
      let request = try #require(provider.asked.all.first)
      #expect(request.method == "GET" && request.path == "/api/v3/models")
      #expect(request.header("Authorization") == "Bearer key-of-the-list-0001")
      #expect(!(outcome.output + outcome.narration).contains("key-of-the-list"))
      // It is remembered, and told before a send; nobody is asked again.
      let later = try home.run("models")
      #expect(later.output == outcome.output)
      let dry = try home.run("generate", "--dry-run", "--model", "5.0-lite", "fog")
      #expect(dry.status == .exited(0))
      #expect(dry.narration.contains("is not in the list of models of byteplus"))
      #expect(provider.asked.all.count == 1)
    }

    @Test func withoutRefreshNobodyIsAsked() throws {
      let provider = try Listing(200, Self.list)
      let outcome = try provider.home().run("models")
      #expect(outcome.status == .exited(0) && !outcome.output.contains("says its list"))
      #expect(provider.asked.all.isEmpty)
    }

    @Test(arguments: [
      (404, "", "status 404"), (404, Self.list, "status 404"), (200, "", "no list of models"),
      (200, "<html>hello</html>", "no list of models"), (200, #"{"data":[]}"#, "no list of models"),
      (200, "null", "no list of models"), (401, "{}", "status 401"),
    ])
    func noListIsNotKnown(_ status: Int, _ body: String, _ words: String) throws {
      let provider = try Listing(status, body)
      let home = try provider.home()
      let outcome = try home.run("models", "--refresh")
      #expect(provider.asked.all.count == 1)
      #expect(outcome.status == .exited(0))
      #expect(outcome.narration.contains("models of listed: not known: "), "\(outcome.narration)")
      #expect(outcome.narration.contains(words), "\(outcome.narration)")
      #expect(outcome.output == (try home.run("models").output))
      let doctor = try home.run("doctor")
      #expect(doctor.output.contains("not known: "), "\(doctor.output)")
      #expect(doctor.status == .exited(0), "\(doctor.output)")
    }

    @Test func aListTooLargeToBeOneIsNotKnown() throws {
      let provider = try Listing(200, String(repeating: " ", count: 5 << 20) + Self.list)
      let outcome = try provider.home().run("models", "--refresh")
      #expect(outcome.status == .exited(0))
      #expect(outcome.narration.contains("not known: its answer is larger than 4 MB"))
    }

    @Test func whoeverDoesNotAnswerIsNotWaitedForLong() throws {
      let server = try RawServer { connection in
        connection.readHead()
        connection.readToEnd()
      }
      let began = ContinuousClock.now
      let outcome = try Self.home(at: server.url + "/api/v3").run("models", "--refresh")
      #expect(outcome.status == .exited(0))
      #expect(outcome.narration.contains("not known: it did not answer"))
      #expect(ContinuousClock.now - began < .seconds(60))
      #expect(server.heads.all.count == 1)
    }

    @Test func theKeyFollowsNoRedirect() throws {
      let other = try Listing(200, Self.list)
      let provider = try Listing(
        302, "", headers: [HTTPHeader("Location", other.address + "/models")])
      let outcome = try provider.home().run("models", "--refresh")
      #expect(outcome.narration.contains("not known: "))
      #expect(provider.asked.all.count == 1 && other.asked.all.isEmpty)
    }

    @Test func withoutAKeyOrWhereThereIsNoListNobodyIsAsked() throws {
      let provider = try Listing(200, Self.list)
      let home = try provider.home()
      home.variables["LISTED_KEY"] = nil
      let outcome = try home.run("models", "--refresh")
      #expect(outcome.status == .exited(0))
      #expect(outcome.narration.contains("not asked: no key"))
      let other = try Self.home(at: provider.address, dialect: "pixazo")
        .run("models", "--refresh")
      #expect(other.narration.contains("not asked: 'listed' has no list of models"))
      #expect(provider.asked.all.isEmpty)
    }

    @Test func doctorTellsTheSame() throws {
      let provider = try Listing(200, Self.list)
      let outcome = try provider.home().run("doctor")
      #expect(outcome.output.contains("seedream-9-0-270101 is new"))
      #expect(outcome.output.contains("seedream-4-5-251128 is being retired"))
      #expect(provider.asked.all.count == 1)
      #expect(outcome.status == .exited(0), "\(outcome.output)")
    }

    /// Its page says that all resolutions are free.
    @Test func pixazoCostsNothingUntilAProfileSaysOtherwise() throws {
      let provider = try DialectServer(.pixazo)
      func home(_ prices: String) throws -> ProgramHome {
        let home = try ProgramHome(
          configuration: """
            provider: pixazo
            budget: {day: 0.01 USD}
            providers:
              pixazo:
                base_url: \(provider.baseURL)
                \(prices)
            """)
        home.variables["PIXAZO_API_KEY"] = DialectServer.key
        return home
      }
      let free = try home("parallel: 1")
      #expect(Self.row("seedream-4.0", of: try free.run("models")).contains(" free"))
      for _ in 1...2 {
        let made = try free.run("generate", "fog")
        #expect(made.status == .exited(0), "\(made.narration)")
        #expect(made.narration.contains("all resolutions are free"), "\(made.narration)")
      }
      #expect(provider.takeRequests().count == 2)
      let priced = try home("prices: {all: 0.05 USD}")
      #expect(Self.row("seedream-4.0", of: try priced.run("models")).contains("$0.05"))
      let refused = try priced.run("generate", "fog")
      #expect(refused.status != .exited(0), "beyond the budget")
      #expect(provider.takeRequests().isEmpty)
    }
  }
}
