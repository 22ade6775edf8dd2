import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What is told of a job for those who answer programs with it.
@Suite(.timeLimit(.minutes(1))) struct ReplyFactTests {
  @Test func theProvidersAddressesAndCountsAreTold() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      let host = "http://\(request.header("Host") ?? "")"
      return request.method == "POST"
        ? .pictures(["\(host)/1?sign=a", "\(host)/2"]) : .picture(bytes)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(count: 2), on: provider.connection, key: "the-key")
    #expect(job.members.map(\.address) == [provider.url + "/1?sign=a", provider.url + "/2"])
    #expect(job.withoutAddresses.members.allSatisfy { $0.address == nil })
    #expect(job.modelAnswered == "seedream-4-0-250828")
    #expect(job.usage?.outputTokens == 12)
  }

  @Test func whatLiesBehindASinglePictureIsTold() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      let host = "http://\(request.header("Host") ?? "")"
      return request.method == "POST"
        ? .json(200, #"{"data":[{"url":"\#(host)/1","background":"opaque"}]}"#) : .picture(bytes)
    }
    let job = try await Bench().run(small(), on: provider.connection)
    #expect(job.pictures.map(\.background) == ["opaque"])
  }

  /// Before anything is sent.
  @Test func roomIsReckonedForAllPicturesOfASplit() {
    var request = small()
    request.model = "seedream-5.5"
    request.layers = true
    let model = ModelCatalogue.builtIn.model(of: request)
    let pixels = 1280 * 720
    #expect(request.roomNeeded(model) >= 100 * pixels)
    request.layers = false
    // PNG is the model's own format.
    #expect(request.roomNeeded(model) == 2 * 3 * pixels)
    request.outputFormat = .jpeg
    #expect(request.roomNeeded(model) == 2 * 2 * pixels)
  }

  @Test func anAddressThatRepeatsTheKeyIsNotTold() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      let address = "http://\(request.header("Host") ?? "")/1?key=the-key"
      return request.method == "POST" ? .pictures([address]) : .picture(bytes)
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection, key: "the-key")
    #expect(job.state == .done)
    #expect(job.members.map(\.address) == [nil])
  }

  @Test func theSandboxesAddressesStayInTheService() async throws {
    let job = try await Bench().run(small())
    #expect(job.state == .done)
    #expect(job.members.map(\.address) == [nil])
  }

  @Test func theProvidersOwnWordsAreToldWithoutTheKey() async throws {
    let provider = try ScriptedProvider { _, _ in
      .refusal(403, "AccountOverdue", "the-key has no money.", [HTTPHeader("X-Request-Id", "02no")])
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection, key: "the-key")
    #expect(job.state == .failed)
    #expect(
      job.error
        == APIError(
          status: 403, code: "AccountOverdue", message: "[key] has no money.", requestID: "02no"))
  }
}
