import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// How many pictures a minute are asked for.
@Suite(.timeLimit(.minutes(5))) struct LimitTests {
  @Test func aMinuteHoldsSoManyPictures() {
    var allowance = ImageAllowance(perMinute: 20)
    #expect(allowance.admit(15, number: 1, at: 0) == nil)
    #expect(allowance.admit(5, number: 2, at: 10) == nil)
    // The first request leaves the window at 60, and makes room for this one.
    #expect(allowance.admit(1, number: 3, at: 20) == 40)
    #expect(allowance.admit(15, number: 3, at: 60) == nil)
    #expect(allowance.admit(1, number: 4, at: 60) == 10)
  }

  @Test func aRequestLargerThanTheAllowanceGoesAlone() {
    var allowance = ImageAllowance(perMinute: 4)
    #expect(allowance.admit(15, number: 1, at: 0) == nil)
    #expect(allowance.admit(15, number: 2, at: 1) == 59)
    #expect(allowance.admit(15, number: 2, at: 60) == nil)
  }

  @Test func whatWasNotDrawnIsGivenBack() {
    var allowance = ImageAllowance(perMinute: 15)
    #expect(allowance.admit(15, number: 1, at: 0) == nil)
    allowance.settle(1, drewNothing: true)
    #expect(allowance.admit(15, number: 2, at: 1) == nil)
    allowance.settle(2, drewNothing: false)
    #expect(allowance.admit(1, number: 3, at: 2) != nil)
  }

  @Test func itNarrowsWhenToldSoAndGrowsBack() {
    var allowance = ImageAllowance(perMinute: 500)
    allowance.narrow(at: 1, admitted: 0)
    #expect(allowance.perMinute == 250)
    #expect(allowance.admit(1, number: 1, at: 62) == nil)
    #expect(allowance.perMinute == 300)
    allowance.narrow(at: 63, admitted: 62)
    #expect(allowance.perMinute == 150)
    #expect(allowance.admit(1, number: 2, at: 3600) == nil)
    #expect(allowance.perMinute == 500)
  }

  @Test func manyAnswersOfOneMomentAreOneAndAnAllowanceNeverVanishes() {
    var allowance = ImageAllowance(perMinute: 500)
    // Told at once, told again a little later, and told late of a request from before.
    for time in [1.0, 1, 1, 2, 30] { allowance.narrow(at: time, admitted: time - 0.5) }
    allowance.narrow(at: 200, admitted: 0.9)
    #expect(allowance.perMinute == 250)
    for minute in 4..<40 {
      allowance.narrow(at: Double(minute) * 61, admitted: Double(minute) * 61 - 1)
    }
    #expect(allowance.perMinute == 50)
  }

  @Test func fewerAtOnceWhenToldSo() {
    var allowance = ImageAllowance()
    for number in 1...4 { #expect(allowance.admit(1, number: number, at: 0) == nil) }
    allowance.settle(4, drewNothing: true)
    allowance.narrowInFlight(at: 0.5, admitted: 0)
    #expect(allowance.admit(1, number: 5, at: 1) == 1)
    allowance.settle(1, drewNothing: false)
    #expect(allowance.admit(1, number: 5, at: 1) == nil)
    #expect(allowance.inFlight == 3)
    // The others of that moment say nothing new.
    for number in [2, 3, 5] {
      allowance.settle(number, drewNothing: true)
      allowance.narrowInFlight(at: 1.5, admitted: 0)
    }
    for number in 6...8 { #expect(allowance.admit(1, number: number, at: 2) == nil) }
    #expect(allowance.admit(1, number: 9, at: 2) == 1)
  }

  @Test func jobsOfOneAccountShareTheAllowance() async throws {
    let provider = try ScriptedProvider { _, _ in .refusal(400, "InvalidParameter") }
    let gate = Gate()
    let slow = try ScriptedProvider { _, _ in
      await gate.wait()
      return .refusal(400, "InvalidParameter")
    }
    let bench = try await Bench(
      options: StudioOptions(retries: Bench.quick, picturesPerMinute: 5))
    let listener = bench.studio.hub.listen()
    func submit(
      _ key: String, on provider: ScriptedProvider, model: String = "seedream-4.0"
    ) async throws -> JobStatus {
      var request = small(count: 5)
      request.model = model
      request.family = .seedream40
      return try await bench.studio.submit(
        JobSubmission(request: request, provider: provider.connection, key: key))
    }
    let first = try await submit("key-number-one", on: slow)
    _ = try await listener.first(of: first.id) { $0.state.phase == .running }
    // Under another name of the same model.
    let second = try await submit("key-number-one", on: slow, model: "ep-20260101000000-abcde")
    let waiting = try await listener.first(of: second.id) { $0.state.waitsUntil != nil }
    #expect(waiting.message?.contains("Waits its turn") == true)
    // Another account is not held up.
    let other = try await submit("key-number-two", on: slow)
    _ = try await listener.first(of: other.id) { $0.state.phase == .running }
    #expect(try await bench.studio.cancel(second.id).state == .cancelled)
    gate.open()
    await bench.studio.untilIdle()
    #expect(slow.orders == 2)
    // What is refused uses nothing up.
    for _ in 0..<3 {
      #expect(
        try await bench.run(small(count: 5), on: provider.connection, key: "key-number-three")
          .state == .failed)
    }
    #expect(provider.orders == 3)
  }

  @Test func theCatalogueSaysHowManyPicturesAModelGives() async throws {
    var catalogue = ModelCatalogue.builtIn
    for index in catalogue.models.indices where catalogue.models[index].family == .seedream40 {
      catalogue.models[index].picturesPerMinute = 3
    }
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      return .pictures(["http://\(request.header("Host") ?? "")/1"])
    }
    let bench = try await Bench(catalogue: catalogue)
    let listener = bench.studio.hub.listen()
    #expect(try await bench.run(small(count: 3), on: provider.connection).state == .done)
    let second = try await bench.studio.submit(
      JobSubmission(request: small(), provider: provider.connection, key: nil))
    let waiting = try await listener.first(of: second.id) { $0.state.waitsUntil != nil }
    #expect(waiting.message?.contains("Waits its turn") == true)
    #expect(try await bench.studio.cancel(second.id).state == .cancelled)
    #expect(provider.orders == 1)
  }

  @Test func aSplitIntoLayersReservesSeventeenAndGivesBackTheRest() async throws {
    var catalogue = ModelCatalogue.builtIn
    for index in catalogue.models.indices { catalogue.models[index].picturesPerMinute = 20 }
    let bytes = try jpeg()
    let gate = Gate()
    let provider = try ScriptedProvider { request, number in
      guard request.method == "POST" else { return .picture(bytes) }
      if number == 0 { await gate.wait() }
      let host = "http://\(request.header("Host") ?? "")"
      return .pictures(["\(host)/1", "\(host)/2", "\(host)/3"])
    }
    let bench = try await Bench(catalogue: catalogue)
    let file = bench.directory.path("photo.jpg")
    try DurableFile.write(try jpeg(width: 512, height: 512), to: file)
    let request = GenerationRequest(
      model: "seedream-5.0-pro", prompt: "", references: [.file(file)], size: .keyword("auto"),
      layers: true)
    let listener = bench.studio.hub.listen()
    func submit() async throws -> JobStatus {
      try await bench.studio.submit(
        JobSubmission(request: request, provider: provider.connection, key: nil))
    }
    let first = try await submit()
    _ = try await listener.first(of: first.id) { $0.state.phase == .running }
    let second = try await submit()
    _ = try await listener.first(of: second.id) { $0.state.waitsUntil != nil }
    _ = try await bench.studio.cancel(second.id)
    gate.open()
    _ = try await listener.first(of: first.id) { $0.state.isFinal }
    // Three are used up; seventeen more fit into the minute.
    let third = try await submit()
    let end = try await listener.first(of: third.id) {
      $0.state.isFinal || $0.state.waitsUntil != nil
    }
    #expect(end.state == .done, "\(end.message ?? "")")
  }
}
