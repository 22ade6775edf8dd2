import HTTP
import Testing

@testable import Sandbox

@Suite("Faults on demand")
struct FaultTests {
  private static let stream =
    #""stream":true,"sequential_image_generation":"auto","#
    + #""sequential_image_generation_options":{"max_images":3}"#

  private func wire(_ fault: String) throws -> Wire {
    try Wire(headers: [HTTPHeader("X-Sandbox-Fault", fault)])
  }

  private func names(_ fault: String) async throws -> [String] {
    try events(try await wire(fault).generate(Self.stream).body).map { $0.name ?? "" }
      .map { String($0.dropFirst("image_generation.".count)) }
  }

  @Test func aRefusedMemberDoesNotEndTheSet() async throws {
    #expect(
      try await names("member-refused=2") == [
        "partial_succeeded", "partial_failed", "partial_succeeded", "completed", "",
      ])
  }

  @Test func anInternalErrorDoes() async throws {
    #expect(
      try await names("member-error=2") == ["partial_succeeded", "partial_failed", "completed", ""])
  }

  @Test func aStreamMayEndWithoutItsEnd() async throws {
    #expect(
      try await names("no-completed") == [
        "partial_succeeded", "partial_succeeded", "partial_succeeded",
      ])
  }

  @Test(arguments: [400, 429, 500]) func theWholeRequestMayFail(status: Int) async throws {
    let response = try await wire("status=\(status)").generate("")
    #expect(response.head.status == status)
    #expect(try Reply.read(response).error?.code.isEmpty == false)
  }

  @Test(arguments: [stream, ""]) func theReplyMayBreakOff(members: String) async throws {
    await #expect { try await wire("cut=1").generate(members) } throws: { error in
      (error as? HTTPError)?.code == .cut
    }
  }

  @Test func anAddressMayHaveExpired() async throws {
    let wire = try wire("expired")
    let url = try #require(try Reply.read(try await wire.generate("")).data?.first?.url)
    let answer = try await wire.get(url)
    #expect(answer.head.status == 403)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("expired"))
  }

  @Test func theBytesMayBeNoPicture() async throws {
    let wire = try wire("wrong-bytes")
    let url = try #require(try Reply.read(try await wire.generate("")).data?.first?.url)
    #expect(try await wire.get(url).body.starts(with: "This is no picture.".utf8))
  }

  @Test func aPictureMayHaveAnotherSize() async throws {
    let item = try Reply.read(try await wire("wrong-size=640x360").generate("")).data?.first
    #expect(item?.size == "640x360")
  }

  @Test func aPromptMayAskForFaultsAndIsDrawnWithoutThem() async throws {
    func order(_ prompt: String) throws -> (ArkRequest, FaultPlan) {
      var request = try ArkRequest.read(
        Array(#"{"model":"seedream-4-0-250828","prompt":"\#(prompt)"}"#.utf8))
      let faults = try FaultPlan(&request, header: "slow=3")
      return (request, faults)
    }
    let (request, faults) = try order("a lantern fault:cut=2 in fog fault:slow=7")
    #expect(request.prompt == "a lantern in fog")
    #expect(faults.cut == 2)
    #expect(faults.delay == 7)
    #expect(try order("a  lantern").0.prompt == "a  lantern")
  }

  @Test(arguments: ["cutt", "cut=16", "slow=-1", "status=200", "expired=1", "wrong-size=0x9"])
  func aFaultNobodyKnowsIsRefused(fault: String) async throws {
    let response = try await wire(fault).generate("")
    #expect(response.head.status == 400)
    #expect(try Reply.read(response).error?.message.contains("member-refused=N") == true)
  }
}
