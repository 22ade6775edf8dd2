import FoundationEssentials
import Glibc
import HTTP
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// Money: what is said before a send, what a budget refuses, what `darkroom cost` tells.
  @Suite struct CostTests {
    /// A provider whose pictures cost four cents.
    private final class Shop {
      let server: ScriptedProvider

      init() throws {
        let picture = try DialectServer.picture(shade: 7)
        server = try ScriptedProvider { request, _ in
          guard request.method == "POST" else { return .picture(picture) }
          return .json(
            200, #"{"model":"m","created":1,"data":[{"url":"\#(request.origin)/1.jpg"}]}"#)
        }
      }

      /// How many pictures were drawn.
      var drawn: Int { server.orders }

      func home(_ budget: String) throws -> ProgramHome {
        try ProgramHome(configuration: configuration(budget))
      }

      func configuration(_ budget: String) -> String {
        """
        \(ProgramHome.quick)
        provider: shop
        budget: \(budget)
        providers:
          shop:
            dialect: ark
            base_url: http://127.0.0.1:\(server.port)/api/v3
            prices: {all: 0.04 USD}
        """
      }
    }

    @Test func twoProcessesOfFiftyJobsGetSixtyPictures() async throws {
      let shop = try Shop()
      let home = try shop.home("{day: 2.40 USD}")
      let loop = """
        for i in $(seq 50); do "$0" generate "picture $i" && echo sent || echo refused; done
        """
      let command = ProcessSpec(
        "/bin/sh", ["-c", loop, home.program], environment: home.environment(),
        directory: home.directory.path)
      async let one = command.run(timeLimit: .seconds(300))
      async let other = command.run(timeLimit: .seconds(300))
      let outputs = try await [one, other].map { String(decoding: $0.output, as: UTF8.self) }
      let lines = outputs.joined().split(separator: "\n")
      #expect(lines.count { $0 == "sent" } == 60)
      #expect(lines.count { $0 == "refused" } == 40)
      #expect(shop.drawn == 60)
      #expect(try home.pictures.count == 60)
      let cost = try home.run("cost")
      #expect(cost.output.contains("$2.40"))
      #expect(cost.narration.contains("$0.00 of $2.40 left"))
    }

    @Test func thePriceIsSaidBeforeAndTheRefusalInOneSentence() throws {
      let shop = try Shop()
      let home = try shop.home("{day: 0.05 USD}")
      let dry = try home.run("generate", "--dry-run", "-n", "2", "fog")
      #expect(dry.narration.contains("price: at most $0.08 for 2 pictures"))
      let first = try home.run("generate", "--json", "fog")
      #expect(first.status == .exited(0))
      #expect(first.narration.contains("price: at most $0.04\n"))
      #expect(first.output.contains(#""price":{"currency":"USD","millionths":40000}"#))
      let second = try home.run("generate", "fog")
      #expect(second.status == .exited(1))
      #expect(second.output.isEmpty)
      #expect(second.narration.contains("The budget of $0.05 a day has no room"))
      #expect(shop.drawn == 1)
      // The running service heeds the file as it is now.
      try home.write(
        Array(shop.configuration("{day: 1 USD}").utf8), to: ".config/darkroom/config.yaml")
      #expect(try home.run("generate", "fog").status == .exited(0))
    }

    /// Whoever started the service may have had another configuration: the budget of each holds for what he sends.
    @Test func aBudgetHoldsWhoeverStartedTheService() throws {
      let shop = try Shop()
      let home = try shop.home("{}")
      try home.write(
        Array(shop.configuration("{run: 3 pictures, day: 0.05 USD}").utf8), to: "tight.yaml")
      let tight = ["--config", home.directory.path + "/tight.yaml"]
      #expect(try home.run("generate", "fog").status == .exited(0))
      let second = try home.run(["generate"] + tight + ["fog"])
      #expect(second.status == .exited(1))
      #expect(
        second.narration.contains("The budget of $0.05 a day has no room"), "\(second.narration)")
      let job = try #require(try home.run("jobs", "--json").output.firstMatch(of: #/"id":"(\w+)"/#))
      let again = try home.run(["retry"] + tight + [String(job.1)])
      #expect(
        again.narration.contains("The budget of $0.05 a day has no room"), "\(again.narration)")
      #expect(shop.drawn == 1)
      // The other way round, too: that of the service holds for everybody.
      _ = try home.run("service", "--stop")
      #expect(try home.run(["jobs"] + tight).status == .exited(0))
      #expect(try home.run("generate", "fog").status == .exited(1))
      #expect(shop.drawn == 1)
    }

    /// The next service knows that nobody waits for the answer any more, and so does `cost` beside it.
    @Test func whatAKilledServiceHasSentIsAtRisk() throws {
      let provider = try RawServer { connection in
        guard connection.readRequest() != nil else { return }
        connection.readToEnd()
      }
      let home = try ProgramHome(
        configuration: """
          \(ProgramHome.quick)
          provider: silent
          providers:
            silent:
              dialect: ark
              base_url: http://127.0.0.1:\(provider.port)/api/v3
              prices: {all: 0.04 USD}
          """)
      let command = ProcessSpec(
        "/bin/sh", ["-c", #""$0" generate fog >/dev/null 2>&1 &"#, home.program],
        environment: home.environment(), directory: home.directory.path)
      _ = try command.runBlocking(timeLimit: .seconds(60))
      _ = try home.wait(for: "jobs") { _ in !provider.heads.all.isEmpty }
      for process in home.services { kill(process, SIGKILL) }
      _ = try home.wait(for: "jobs") { $0.output.contains("unknown") }
      let document = try home.run("cost", "--json").lines.first ?? ""
      #expect(document.contains(#""at_risk":{"USD":40000,"pictures":1}"#), "\(document)")
      #expect(document.contains(#""reserved":{}"#), "\(document)")
      #expect(provider.heads.all.count == 1)
    }

    @Test func costNeedsNoService() throws {
      let shop = try Shop()
      let home = try shop.home("{day: [1 USD, 9 pictures], run: 5 pictures}")
      #expect(try home.run("cost").narration.contains("nothing was paid for"))
      _ = try home.run("generate", "fog")
      _ = try home.run("generate", "--provider", "sandbox", "fog")
      _ = try home.run("service", "--stop")
      let byModel = try home.run("cost", "--by", "model")
      #expect(byModel.lines.count == 2)
      #expect(byModel.lines.last?.split(separator: " ").suffix(4) == ["1", "$0.04", "-", "-"])
      #expect(byModel.lines.last?.hasPrefix("Seedream 4.0") == true)
      #expect(
        byModel.narration == """
          budget of one send: at most 5 pictures
          budget of today: $0.96 of $1.00 left, $0.04 spent
          budget of today: 8 pictures of 9 pictures left, 1 picture spent

          """)
      let document = try home.run("cost", "--by", "provider", "--json").lines
      #expect(document.count == 1)
      #expect(
        document.first?.hasSuffix(
          #""rows":[{"at_risk":{},"provider":"shop","reserved":{},"spent":{"USD":40000,"pictures":1}}]}"#
        ) == true)
      #expect(document.first?.hasPrefix(#"{"budget":[{"at_risk":0,"left":"#) == true)
      #expect(
        try home.run("cost", "--since", "2999-01-01", "--json").lines.first?.hasSuffix(
          #""rows":[]}"#) == true)
      #expect(try home.run("cost", "--since", "2999-01-01").output.isEmpty)
      #expect(try home.run("cost", "--since", "yesterday").status == .exited(2))
      #expect(home.services.count == 1)
    }
  }
}
