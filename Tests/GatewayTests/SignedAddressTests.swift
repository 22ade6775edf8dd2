import FoundationEssentials
import Gateway
import HTTP
import Posix
import Seedream
import TestSupport
import Testing

/// Addresses of recorded pictures.
@Suite struct SignedAddressTests {
  private let directory: TemporaryDirectory
  private let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
  private let door: Door

  init() throws {
    directory = try TemporaryDirectory()
    let path = directory.path("1.jpg")
    try Data(bytes).write(to: URL(filePath: path))
    let file = RecordedFile(path: path, byteCount: bytes.count, format: .jpeg)
    door = try Door(recordingBy: Script([], files: ["k7f2-1": file]))
  }

  /// As a gateway signs it.
  private func address(_ path: String, lifetime: Int = 60) -> String {
    let expires = Int(SystemClock.secondsSince1970) + lifetime
    let signature = Script.sign("\(path)\n\(expires)")
    return "\(path)?expires=\(expires)&signature=\(signature)"
  }

  @Test func aSignedAddressIsThePicture() async throws {
    let answer = try await door.get(address("/files/k7f2-1.jpeg"))
    #expect(answer.status == 200)
    #expect(answer.head["Content-Type"] == "image/jpeg")
    #expect(answer.body == bytes)
  }

  @Test func partsOfItCanBeAskedFor() async throws {
    let address = address("/files/k7f2-1.jpeg")
    let part = try await door.get(address, headers: [HTTPHeader("Range", "bytes=990-")])
    #expect(part.status == 206)
    #expect(part.head["Content-Range"] == "bytes 990-999/1000")
    #expect(part.body == Array(bytes[990...]))
    let outside = try await door.get(address, headers: [HTTPHeader("Range", "bytes=1000-")])
    #expect(outside.status == 416)
    #expect(outside.head["Content-Range"] == "bytes */1000")
  }

  @Test func anAddressThatExpiredIsRefused() async throws {
    let answer = try await door.get(address("/files/k7f2-1.jpeg", lifetime: -1))
    #expect(answer.status == 403)
    #expect(answer.text.contains("expired"))
  }

  @Test func nothingOfAnAddressCanBeChanged() async throws {
    let right = address("/files/k7f2-1.jpeg")
    let expires = try #require(right.firstMatch(of: /expires=(\d+)/)).1
    let longer = right.replacing("expires=\(expires)", with: "expires=\(expires)0")
    let wrong = [
      right.replacing("k7f2-1", with: "k7f2-2"), longer, right + "0", String(right.dropLast()),
      "/files/k7f2-1.jpeg",
      right.replacing(
        "signature=",
        with: "signature="
          + String(repeating: "0", count: 64) + "&signature="),
      "/files/../k7f2-1.jpeg", "/files/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    ]
    for address in wrong {
      let answer = try await door.get(address)
      // libcurl takes dots out of a path by itself: that one is no address at all.
      #expect([403, 404].contains(answer.status), "\(address) was answered \(answer.status)")
      #expect(answer.body != bytes)
    }
  }

  @Test func aPictureThatIsGoneIsNotThere() async throws {
    #expect(try await door.get(address("/files/k7f2-9.jpeg")).status == 404)
    // Signed by us, and still no path.
    #expect(try await door.get(address("/files/..%2F..%2Fetc%2Fpasswd")).status == 404)
  }
}
