import HTTP
import Sandbox
import Testing

@Suite("Conformance: streams to the byte")
struct StreamFormTests {
  private static let set =
    #""stream":true,"sequential_image_generation":"auto","#
    + #""sequential_image_generation_options":{"max_images":3}"#

  /// A stream with what differs from run to run put in brackets.
  private func text(_ fault: String, _ further: String = "") async throws -> String {
    let response = try await Wire(headers: [HTTPHeader("X-Sandbox-Fault", fault)])
      .generate(Self.set + further)
    #expect(response.head["content-type"] == "text/event-stream")
    let id = try #require(response.head["x-request-id"])
    return String(decoding: response.body, as: UTF8.self)
      .replacing(id, with: "[id]")
      .replacing(/"created":\d{10},/, with: #""created":[now],"#)
      .replacing(/"url":"http:[^"]+_(\d)\.jpeg\?[^"]+"/) { #""url":"[\#($0.1)]""# }
  }

  private func succeeded(_ index: Int) -> String {
    "event: image_generation.partial_succeeded\n"
      + #"data: {"type":"image_generation.partial_succeeded","model":"seedream-4-0-250828","#
      + #""created":[now],"image_index":\#(index),"url":"[\#(index)]","size":"1280x720"}"# + "\n\n"
  }

  private func failed(_ index: Int, _ code: String, _ message: String) -> String {
    "event: image_generation.partial_failed\n"
      + #"data: {"type":"image_generation.partial_failed","model":"seedream-4-0-250828","#
      + #""created":[now],"image_index":\#(index),"error":{"code":"\#(code)","message":"\#(message)"}}"#
      + "\n\n"
  }

  private func end(_ count: Int, tokens: Int) -> String {
    "event: image_generation.completed\n"
      + #"data: {"type":"image_generation.completed","model":"seedream-4-0-250828","#
      + #""created":[now],"usage":{"generated_images":\#(count),"output_tokens":\#(tokens),"#
      + #""total_tokens":\#(tokens)}}"# + "\n\ndata: [DONE]\n\n"
  }

  @Test("5. a set of which one member is refused")
  func refusedMember() async throws {
    let refused = failed(
      1, "OutputImageSensitiveContentDetected",
      "The request failed because the output image may contain sensitive information.")
    #expect(
      try await text("member-refused=2")
        == succeeded(0) + refused + succeeded(2) + end(2, tokens: 7200))
  }

  @Test("5. a set that an internal error ends")
  func internalError() async throws {
    let broken = failed(
      1, "InternalServiceError",
      "The service encountered an unexpected internal error. Request id: [id]")
    #expect(try await text("member-error=2") == succeeded(0) + broken + end(1, tokens: 3600))
  }

  @Test("5. inline pictures are one line too")
  func inline() async throws {
    let text = try await text("wrong-size=16x16", #","response_format":"b64_json""#)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 15)
    #expect(lines[1].contains(#","image_index":0,"b64_json":"/9j/"#))
    #expect(lines[1].hasSuffix(#"","size":"16x16"}"#))
  }

  @Test("6. a stream that is cut, one without completed, one that fails whole")
  func faults() async throws {
    await #expect { try await text("cut=1") } throws: { ($0 as? HTTPError)?.code == .cut }
    #expect(try await text("no-completed") == succeeded(0) + succeeded(1) + succeeded(2))
    for status in [400, 429, 500] {
      let response = try await Wire(headers: [HTTPHeader("X-Sandbox-Fault", "status=\(status)")])
        .generate(Self.set)
      #expect(response.status == status)
      #expect(response.head["content-type"] == "application/json; charset=utf-8")
    }
  }
}
