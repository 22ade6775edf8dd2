import FoundationEssentials
import Glibc
import HTTP
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// Several pictures of a model that draws one a request, for a user and for a program.
  @Suite struct GroupTests {
    /// A provider whose pictures cost four cents; those of some requests it refuses, or says nothing.
    private final class Shop: Sendable {
      enum Answer { case drawn, refused, cut }

      let server: ScriptedProvider
      init(_ answers: [Int: Answer] = [:]) throws {
        let picture = try DialectServer.picture(shade: 7)
        server = try ScriptedProvider { request, number in
          guard request.method == "POST" else { return .picture(picture) }
          switch answers[number] ?? .drawn {
          case .drawn:
            return .json(
              200,
              #"{"model":"m","created":1,"data":[{"url":"\#(request.origin)/\#(number).jpg"}],"usage":"#
                + #"{"generated_images":1,"output_tokens":10,"total_tokens":10}}"#)
          case .refused: return .refusal(400, "OutputImageSensitiveContentDetected", "No.")
          case .cut: return .json(200, #"{"data":[{"url":"http"#)
          }
        }
      }

      /// What was asked for.
      var orders: [String] {
        server.requests.all.filter { $0.method == "POST" }.map(\.text)
      }

      func home(_ more: String = "") throws -> ProgramHome {
        try ProgramHome(
          configuration: """
            model: seedream-5.0-pro
            size: 1K
            provider: shop
            \(more)
            providers:
              shop:
                dialect: ark
                base_url: http://127.0.0.1:\(server.port)/api/v3
                parallel: 1
                prices: {all: 0.04 USD}
            """)
      }
    }

    @Test func fourPathsInOrderForThePriceOfFour() throws {
      let shop = try Shop()
      let home = try shop.home("budget: {run: 0.16 USD}")
      let dry = try home.run("generate", "--dry-run", "-n", "4", "fog")
      #expect(dry.narration.contains("4 requests like this one would be sent"))
      #expect(
        dry.narration.contains("price: at most $0.16 for 4 pictures in 4 requests"))
      #expect(!dry.output.contains("sequential"))
      #expect(shop.orders.isEmpty)
      let outcome = try home.run("generate", "-n", "4", "fog")
      #expect(outcome.status == .exited(0))
      #expect(outcome.lines.count == 4)
      #expect(outcome.narration.contains("and 3 more, one picture each"))
      #expect(shop.orders.count == 4 && shop.orders.allSatisfy { !$0.contains("sequential") })
      // In the order in which they were asked for.
      let ids = try home.run("jobs", "--json").output.matches(of: /"id":"(\w+)","isUnresolved/)
        .map { String($0.1) }
      #expect(ids.count == 4)
      for (id, path) in zip(ids, outcome.lines) { #expect(path.contains("\(id)-1")) }
      #expect(
        try home.run("show", "\(ids[1])-1").output.contains(
          "2 of 4 asked for together as \(ids[0])"))
      let jobs = try home.run("jobs")
      #expect(jobs.lines.count == 2, "a head and one row: \(jobs.output)")
      #expect(jobs.output.contains(" +3 ") && jobs.output.contains("4 of 4"))
      #expect(try home.run("cost", "--by", "model").output.contains("$0.16"))
    }

    /// The next service goes on with what was not sent, and buys nothing again.
    @Test func aServiceThatIsKilledInTheMiddleOfIt() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(
        configuration: provider.configuration + "\n    parallel: 2\n")
      home.variables["HELD_KEY"] = TestProvider.key
      let loop = """
        "$0" generate -m seedream-5.0-pro --size 1K -n 4 fog >paths 2>said; echo $? >status
        """
      let nothing = try FileDescriptor(reading: "/dev/null")
      var child = try ChildProcess(
        ProcessSpec(
          "/bin/sh", ["-c", loop, home.program], environment: home.environment(),
          directory: home.directory.path), input: nothing.number, output: 1, error: 2)
      _ = try home.wait(for: "jobs", "--json") { outcome in
        outcome.lines.count { $0.contains(#""state":"running""#) } == 2
      }
      kill(try #require(home.services.last), SIGKILL)
      _ = try home.wait(for: "jobs", "--json") { outcome in
        outcome.lines.count { $0.contains(#""state":"unknown""#) } == 2
      }
      provider.release()
      #expect(try child.wait() == .exited(0))
      let status = try String(contentsOfFile: home.directory.path("status"), encoding: .utf8)
      let said = try String(contentsOfFile: home.directory.path("said"), encoding: .utf8)
      #expect(status == "4\n", "\(said)")
      #expect(try home.pictures.count == 2)
      #expect(home.services.count == 2)
      let jobs = try home.run("jobs")
      #expect(jobs.lines.count { $0.contains("unknown") } == 2)
      #expect(jobs.output.contains("2 of 2"))
    }

    /// Nobody knows before how many layers a split has: what is set aside is a user's to say.
    @Test func aSplitIsCountedByItsLayers() throws {
      let home = try ProgramHome(
        configuration: "provider: sandbox\nmodel: seedream-5.5\nsize: 1K\n")
      let drawn = try home.run("generate", "a lantern and a boat")
      let path = try #require(drawn.lines.first)
      let split = try home.run("generate", "--layers", "--ref", path)
      #expect(split.status == .exited(0))
      let layers = split.lines.count - 1
      #expect(layers > 1)
      #expect(try home.run("jobs").output.contains(" 1 +\(layers) layers "))
      home.variables["BYTEPLUS_API_KEY"] = "a-key"
      func price(_ words: String...) throws -> String {
        try home.run(
          ["generate", "--dry-run", "--provider", "byteplus", "--layers", "--ref", path] + words
        ).narration
      }
      #expect(try price().contains("at most $3.508 for a base and 99 layers"))
      #expect(
        try price("--max-layers", "3").contains("at most $0.148 for a base and 3 layers"))
      #expect(try home.run("generate", "--max-layers", "3", "fog").status == .exited(2))
    }

    @Test func aBudgetForThreeSendsNone() throws {
      let shop = try Shop()
      let home = try shop.home("budget: {day: 0.12 USD}")
      let outcome = try home.run("generate", "-n", "4", "fog")
      #expect(outcome.status == .exited(1) && outcome.output.isEmpty)
      #expect(outcome.narration.contains("this may cost $0.16 more"))
      #expect(shop.orders.isEmpty)
      #expect(try home.run("generate", "-n", "3", "fog").status == .exited(0))
      #expect(shop.orders.count == 3)
    }

    @Test func oneThatIsRefusedAndOneThatIsUnknown() throws {
      let shop = try Shop([1: .refused])
      let home = try shop.home()
      let partly = try home.run("generate", "-n", "3", "fog")
      #expect(partly.status == .exited(3) && partly.lines.count == 2)
      #expect(partly.narration.contains("picture 2 was refused: "))
      #expect(partly.narration.contains("cost: $0.08"))
      let other = try Shop([1: .cut])
      let unknown = try other.home()
      let outcome = try unknown.run("generate", "-n", "3", "fog")
      #expect(outcome.status == .exited(4) && outcome.lines.count == 2)
      #expect(outcome.narration.contains("may have been drawn and billed"))
      #expect(!outcome.narration.contains("was refused"))
      #expect(other.orders.count == 3)
      let jobs = try unknown.run("jobs")
      #expect(jobs.output.contains("$0.04") && jobs.output.contains("2 of 2"))
    }

    @Test func theWholeGroupIsCancelledAtOnce() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let loop = """
        "$0" generate -m seedream-5.0-pro --size 1K -n 4 fog >/dev/null 2>&1 &
        """
      _ = try ProcessSpec(
        "/bin/sh", ["-c", loop, home.program], environment: home.environment(),
        directory: home.directory.path
      ).runBlocking(timeLimit: TerminalSession.patience)
      let jobs = try home.wait(for: "jobs", "--json") { outcome in
        outcome.lines.count == 4 && outcome.lines.allSatisfy { $0.contains(#""state":"running""#) }
      }
      let id = try #require(jobs.lines.last?.firstMatch(of: /"id":"(\w+)"/)).1
      let cancelled = try home.run("cancel", "--group", String(id))
      #expect(cancelled.status == .exited(0))
      #expect(
        cancelled.narration.split(separator: "\n").count { $0.contains(" is cancelled") } == 4)
      provider.release()
    }

    private let client: HTTPClient

    init() throws { client = try HTTPClient(userAgent: "test") }

    private static let body = #"{"model":"seedream-5.0-pro","prompt":"fog","size":"1K","n":4}"#
    private static let openAI = "/v1/images/generations"

    @Test func withoutARecordTheGatewaySendsNothing() async throws {
      let shop = try Shop()
      let home = try shop.home()
      let serving = try Serving(home, "--base-url", "http://127.0.0.1:\(shop.server.port)/api/v3")
      let answer = try await client.fetch(serving.request(Self.openAI, Self.body))
      #expect(answer.status == 400)
      #expect(answer.head["X-Should-Retry"] == "false")
      let text = String(decoding: answer.body, as: UTF8.self)
      #expect(text.contains("draws one picture a request") && text.contains("--record"))
      #expect(shop.orders.isEmpty)
      let one = Self.body.replacing(#""n":4"#, with: #""n":1"#)
      #expect(try await client.fetch(serving.request(Self.openAI, one)).status == 200)
      #expect(shop.orders.count == 1)
      #expect(try serving.end() == .exited(0))
    }

    @Test func withARecordFourAreDrawnAndAFurtherTryGetsTheSame() async throws {
      let shop = try Shop([2: .refused])
      let home = try shop.home()
      let serving = try Serving(home, "--record")
      let answer = try await client.fetch(serving.request(Self.openAI, Self.body))
      #expect(answer.status == 200)
      let reply = try JSONDecoder().decode(Reply.self, from: Data(answer.body))
      #expect(reply.data.count == 4 && reply.usage.generatedImages == 3)
      let urls = reply.data.map(\.url)
      for number in [0, 1, 3] { #expect(urls[number]?.hasSuffix("/\(number).jpg") == true) }
      #expect(reply.data[2].error?.code == "OutputImageSensitiveContentDetected")
      var again = serving.request(Self.openAI, Self.body)
      again.headers.append(HTTPHeader("x-stainless-retry-count", "1"))
      let second = try await client.fetch(again)
      #expect(try JSONDecoder().decode(Reply.self, from: Data(second.body)).data.map(\.url) == urls)
      #expect(shop.orders.count == 4)
      #expect(try home.pictures.count == 3)
      #expect(try serving.end() == .exited(0))
      #expect(try home.run("cost", "--by", "model").output.contains("$0.12"))
    }

    private struct Reply: Decodable {
      struct Item: Decodable {
        struct Fault: Decodable { var code: String }
        var url: String?
        var error: Fault?
      }
      struct Usage: Decodable {
        var generatedImages: Int
        enum CodingKeys: String, CodingKey { case generatedImages = "generated_images" }
      }
      var data: [Item]
      var usage: Usage
    }
  }
}
