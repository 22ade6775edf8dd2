import FoundationEssentials
import Gallery
import HTTP
import Hashing
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What the address of a picture answers in the place of the picture's plain bytes.
@Suite(.timeLimit(.minutes(5))) struct PictureAddressTests {
  /// Downloads a picture from an address that answers like this; its SHA-256.
  private func download(
    _ answer: @escaping @Sendable (_ head: String, _ number: Int) -> [UInt8]
  ) async throws -> (digest: String?, loss: PictureLoss?, heads: [String]) {
    let count = Collected<Int>()
    let storage = try RawServer { connection in
      guard let (head, _) = connection.readRequest() else { return }
      count.append(0)
      connection.send(answer(head.lowercased(), count.all.count - 1))
    }
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("gallery"))
    let writer = try GalleryWriter(layout)
    defer { withExtendedLifetime(writer) {} }
    let address = "http://127.0.0.1:\(storage.port)/1.png"
    let download = PictureDownload(
      address: address, expiry: AddressExpiry(address, named: SystemClock.secondsSince1970),
      spool: PictureSpool(layout, spoolDirectory: nil), client: try HTTPClient(userAgent: "test"),
      retries: Bench.quick, mayBePrivate: true)
    do throws(PictureLoss) {
      return (try await download.run().digest, nil, storage.heads.all)
    } catch {
      return (nil, error, storage.heads.all)
    }
  }

  private func reply(
    _ body: [UInt8], status: String = "200 OK", _ headers: String = "", length: Int? = nil
  ) -> [UInt8] {
    Array(
      ("HTTP/1.1 \(status)\r\nContent-Length: \(length ?? body.count)\r\nConnection: close\r\n"
        + "\(headers)\r\n").utf8) + body
  }

  private func part(_ bytes: [UInt8], _ range: Range<Int>, _ headers: String = "") -> [UInt8] {
    reply(
      Array(bytes[range]), status: "206 Partial Content",
      "Content-Range: bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)\r\n\(headers)"
    )
  }

  /// The first byte that a request asks for.
  private func start(_ head: String) -> Int? {
    head.firstMatch(of: /range: bytes=(\d+)-/).flatMap { Int($0.1) }
  }

  @Test(arguments: [1, 100, 5000]) func partsThatNobodyAskedForAreTaken(size: Int) async throws {
    let bytes = try jpeg(width: 320, height: 240)
    let size = size == 1 ? bytes.count : size
    let (digest, loss, _) = try await download { head, _ in
      let first = self.start(head) ?? 0
      return self.part(bytes, first..<min(first + size, bytes.count))
    }
    #expect(digest == SHA256.hexDigest(of: bytes), "\(loss?.reason ?? "")")
  }

  @Test(arguments: [
    "", "ETag: W/\"v1\"\r\n", "ETag: \"v1\"\r\n",
    "Last-Modified: Mon, 30 Nov 2026 08:00:00 GMT\r\n",
  ])
  func whatCannotBeKnownAgainIsFetchedWhole(validator: String) async throws {
    let bytes = try jpeg(width: 320, height: 240)
    let other = try jpeg(shade: 90, width: 320, height: 240)
    let (digest, _, heads) = try await download { head, number in
      if number == 0 {
        return self.reply(Array(bytes[..<1000]), validator, length: bytes.count)
      }
      // The picture is another one by now, and the server looks at no validator.
      guard let first = self.start(head) else { return self.reply(other) }
      return self.part(other, first..<other.count, "ETag: \"v2\"\r\n")
    }
    #expect([bytes, other].map { SHA256.hexDigest(of: $0) }.contains(digest ?? ""))
    let asksForRest = heads.contains { $0.lowercased().contains("if-range: ") }
    #expect(asksForRest == (validator.contains(" \"v1") || validator.contains("Last")))
  }

  /// Texts in the place of a picture, from whose `PICTURE` it is to be had.
  static let texts = [
    "PICTURE", "PICTURE\n", "LINES", "data:image/png;base64,PICTURE", #"{"b64_json":"PICTURE"}"#,
    #"{"data":[{"b64_json":"PICTURE"}]}"#, #""PICTURE""#, #"{"url":"ADDRESS"}"#,
    #"{"code":0,"data":{"url":"ADDRESS"}}"#, "ADDRESS", "ADDRESS\r\n",
  ]

  @Test(arguments: texts) func aTextThatHoldsThePictureIsReadAsOne(_ text: String) async throws {
    let bytes = try jpeg()
    let base64 = Data(bytes).base64EncodedString()
    let lines = Data(bytes).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithLineFeed,
    ])
    let (digest, loss, heads) = try await download { head, _ in
      if head.hasPrefix("get /real.png") { return self.reply(bytes) }
      let host = head.firstMatch(of: /host: (\S+)/).map { String($0.1) } ?? ""
      let body = text.replacing("PICTURE", with: base64).replacing("LINES", with: lines)
        .replacing("ADDRESS", with: "http://\(host)/real.png")
      return self.reply(Array(body.utf8))
    }
    #expect(digest == SHA256.hexDigest(of: bytes), "\(loss?.reason ?? "")")
    #expect(heads.count == (text.contains("ADDRESS") ? 2 : 1))
  }

  /// What says that the picture is not there, or not yet.
  static let notYet: [(String, String)] = [
    ("200 OK", "<html>wait</html>"), ("200 OK", #"{"error":"not ready"}"#), ("200 OK", ""),
    ("200 OK", #"<html><img src="data:image/png;base64,iVBORw0KGgo="></html>"#),
    ("200 OK", "busy"), ("202 Accepted", #"{"status":"processing"}"#), ("404 Not Found", "x"),
    ("403 Forbidden", "x"), ("204 No Content", ""),
  ]

  @Test(arguments: notYet.indices) func whatIsNotThereYetIsAskedForAgain(_ row: Int) async throws {
    let bytes = try jpeg()
    let (status, body) = Self.notYet[row]
    let (digest, loss, heads) = try await download { _, number in
      number < 2 ? self.reply(Array(body.utf8), status: status) : self.reply(bytes)
    }
    #expect(digest == SHA256.hexDigest(of: bytes), "\(loss?.reason ?? "")")
    #expect(heads.count == 3)
    let never = try await download { _, _ in self.reply(Array(body.utf8), status: status) }
    #expect(never.loss?.isFetchable == true)
    #expect(never.loss?.reason.contains("it is asked again until") == true)
    #expect(never.heads.count == Bench.quick.attemptsToReach)
  }

  @Test func anAddressThatLeadsToItselfLeadsNowhere() async throws {
    let (digest, loss, heads) = try await download { head, _ in
      let host = head.firstMatch(of: /host: (\S+)/).map { String($0.1) } ?? ""
      let next = head.hasPrefix("get /1.png") ? "2.png" : "1.png"
      return self.reply(Array(#"{"url":"http://\#(host)/\#(next)"}"#.utf8))
    }
    #expect(digest == nil && loss?.isFetchable == true)
    #expect(heads.count <= 2 * Bench.quick.attemptsToReach)
  }
}
