import FoundationEssentials
import HTTP
import Imaging
import Sandbox
import Testing

@Suite("Conformance: addresses of pictures")
struct ResultAddressTests {
  private func drawn(_ wire: Wire) async throws -> (url: String, requestID: String) {
    let response = try await wire.generate("")
    return (
      try #require(try Reply.read(response).data?.first?.url),
      try #require(response.head["x-request-id"])
    )
  }

  /// The members of a query, as they stand there.
  private func members(_ url: String) -> [(String, String)] {
    url.split(separator: "?")[1].split(separator: "&").map { member in
      let parts = member.split(separator: "=", maxSplits: 1)
      return (String(parts[0]), String(parts[1]))
    }
  }

  @Test("9. named by family, request and index, and signed as the object store does")
  func form() async throws {
    let before = Date.now.timeIntervalSince1970
    let (url, requestID) = try await drawn(Wire())
    #expect(url.split(separator: "?")[0].hasSuffix("/seedream-4-0/\(requestID)_0.jpeg"))
    let members = members(url)
    #expect(
      members.map(\.0) == [
        "X-Tos-Algorithm", "X-Tos-Credential", "X-Tos-Date", "X-Tos-Expires", "X-Tos-Signature",
        "X-Tos-SignedHeaders",
      ])
    #expect(members[0].1 == "TOS4-HMAC-SHA256")
    #expect(members[1].1.hasSuffix("%2F\(members[2].1.prefix(8))%2Flocal%2Ftos%2Frequest"))
    #expect(members[3].1 == "86400")
    #expect(members[4].1.count == 64 && members[4].1.allSatisfy(\.isHexDigit))
    #expect(members[5].1 == "host")
    let date = members[2].1
    #expect(date.wholeMatch(of: /\d{8}T\d{6}Z/) != nil)
    let dashed = date.replacing(
      /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/,
      with: { "\($0.1)-\($0.2)-\($0.3)T\($0.4):\($0.5):\($0.6)Z" })
    let given = try Date(dashed, strategy: .iso8601).timeIntervalSince1970
    #expect((before.rounded(.down)...Date.now.timeIntervalSince1970).contains(given))
  }

  @Test("9. it works without a key, as often as it is asked, and only as it was given")
  func verbatim() async throws {
    let wire = try Wire(
      SandboxOptions(key: "k"), headers: [HTTPHeader("Authorization", "Bearer k")])
    let (url, _) = try await drawn(wire)
    let first = try await wire.get(url)
    #expect(first.status == 200 && first.head["content-type"] == "image/jpeg")
    #expect(first.head["accept-ranges"] == "bytes")
    #expect(try await wire.get(url).body == first.body)
    for changed in [
      url.replacing("X-Tos-Expires=86400", with: "X-Tos-Expires=99999"),
      url.replacing(/X-Tos-Date=\d{4}/, with: "X-Tos-Date=2099"),
      url.replacing("X-Tos-Signature=", with: "X-Tos-Signature=0"),
      url + "&x=1", String(url.prefix { $0 != "?" }),
    ] {
      #expect(try await wire.get(changed).status == 403)
    }
    #expect(try await wire.get(url.replacing("_0.jpeg", with: "_1.jpeg")).status == 404)
  }

  @Test("9. 24 hours after its date it answers 403")
  func expiry() async throws {
    let wire = try Wire(headers: [HTTPHeader("X-Sandbox-Fault", "expired")])
    let (url, _) = try await drawn(wire)
    #expect(try await wire.get(url).status == 403)
    #expect(try await wire.get(url, range: "bytes=0-1").status == 403)
  }

  @Test("9. parts of a picture")
  func ranges() async throws {
    let wire = try Wire()
    let (url, _) = try await drawn(wire)
    let whole = try await wire.get(url).body
    let count = whole.count
    for (range, part) in [
      ("bytes=0-99", 0..<100), ("bytes=100-", 100..<count), ("bytes=-7", count - 7..<count),
      ("bytes=5-99999999", 5..<count), ("bytes=-99999999", 0..<count),
      ("bytes=0-99999999999999999999999", 0..<count),
    ] {
      let response = try await wire.get(url, range: range)
      #expect(response.status == 206)
      #expect(
        response.head["content-range"] == "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(count)"
      )
      #expect(response.body == Array(whole[part]))
    }
    for range in ["bytes=\(count)-", "bytes=-0", "bytes=99999999999999999999999-"] {
      let response = try await wire.get(url, range: range)
      #expect(response.status == 416)
      #expect(response.head["content-range"] == "bytes */\(count)")
    }
    for range in ["bytes=9-3", "bytes=0-1,5-6", "bytes=a-", "bytes=", "bytes=-", "lines=1-2"] {
      let response = try await wire.get(url, range: range)
      #expect(response.status == 200 && response.body == whole)
    }
  }

  @Test("9. a picture can be the reference of the next while its address works")
  func reference() async throws {
    let wire = try Wire()
    let first = try await wire.post(
      #"{"model":"seedream-4-0-250828","prompt":"green grass","size":"1280x720","watermark":false}"#
    )
    let url = try #require(try Reply.read(first).data?.first?.url)
    let bytes = Data(try await wire.get(url).body).base64EncodedString()
    func picture(_ reference: String) async throws -> [UInt8] {
      let reply = try Reply.read(try await wire.generate(#""image":"\#(reference)""#))
      return try await wire.get(try #require(reply.data?.first?.url)).body
    }
    let drawn = try await picture(url)
    #expect(try await drawn == picture("data:image/jpeg;base64,\(bytes)"))
    let changed = try await wire.generate(#""image":"\#(url)0""#)
    #expect(changed.status == 400)
    #expect(try Reply.read(changed).error?.message.contains("Error while downloading") == true)
  }
}
