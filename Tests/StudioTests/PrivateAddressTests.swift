import Gallery
import HTTP
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Addresses of pictures that would make this program ask in its own network.
@Suite(.timeLimit(.minutes(5))) struct PrivateAddressTests {
  private func download(_ address: String, mayBePrivate: Bool) async throws -> PictureLoss? {
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("gallery"))
    // The gallery is there for as long as somebody writes it.
    let writer = try GalleryWriter(layout)
    defer { withExtendedLifetime(writer) {} }
    let download = PictureDownload(
      address: address, expiry: AddressExpiry(address, named: SystemClock.secondsSince1970),
      spool: PictureSpool(layout, spoolDirectory: nil),
      client: try HTTPClient(userAgent: "test"), retries: Bench.quick, mayBePrivate: mayBePrivate)
    do {
      _ = try await download.run()
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "１２７.０.０.１", "127。0。0。1", "①②⑦.⓪.⓪.①", "１２７．１", "𝟙𝟚𝟟.0.0.1", "%31%32%37.0.0.1", "０x7f.1",
    "²¹³⁰⁷⁰⁶⁴³³", "ｌｏｃａｌｈｏｓｔ", "x.ⓛⓞⓒⓐⓛ", "017700000001", "0x7f000001", "10.1", "1２7.0.0.1\u{AD}",
  ])
  func whatIsReadAsAPrivateHostIsOne(_ host: String) {
    #expect(PrivateHost.isNamed(by: "http://\(host)/a.png"))
    #expect(PrivateHost.isNamed(by: "https://\(host):8080/a.png"))
  }

  @Test(arguments: ["８.8.8.8", "例え.example", "ex%61mple.com", "bücher.example", "①.example.com"])
  func otherHostsStayPublic(_ host: String) {
    #expect(!PrivateHost.isNamed(by: "http://\(host)/a.png"))
  }

  /// Behind a proxy nobody sees where an address leads.
  @Test(arguments: [
    ("http://x@169.254.169.254/latest", true), ("http://user@wiki.internal/a.png", true),
    ("http://user:word@10.0.0.1/a.png", true), ("http://a@b@8.8.8.8/a.png", true),
    ("http://127.0.0.1\\@example.com/a.png", true), ("http://exa mple.com/a.png", true),
    ("http://:80/a.png", true), ("http:///a.png", true), ("http://[::1/a.png", true),
    ("http://example.com:port/a.png", true), ("http://localhost/a.png", true),
    ("http://user:word@cdn.example.com/a.png", false), ("https://8.8.8.8/a.png", false),
    ("https://cdn.example.com:8443/a@b.png", false),
  ])
  func whatMayLeadInsideIsJudgedInEveryForm(address: String, isInside: Bool) {
    #expect(PrivateHost.mayBeNamed(by: address) == isInside)
  }

  @Test func noneIsAskedByName() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { _, _ in .picture(bytes) }
    let port = provider.url.split(separator: ":").last ?? ""
    for host in ["127.0.0.1", "localhost", "2130706433", "name@127.0.0.1"] {
      let loss = try await download("http://\(host):\(port)/1", mayBePrivate: false)
      #expect(loss?.sentence(1).contains("private network") == true, "\(host)")
      #expect(loss?.isFetchable == false)
    }
    #expect(provider.requests.all.isEmpty)
    #expect(try await download(provider.url + "/1", mayBePrivate: true) == nil)
  }

  @Test func redirectsAreFollowed() async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, number in
      number < 5
        ? HTTPReply(
          status: [301, 302, 303, 307, 308][number],
          headers: [HTTPHeader("Location", number % 2 == 0 ? "/图 \(number)" : "x?\(number)")],
          body: .bytes([]))
        : .picture(bytes)
    }
    #expect(try await download(provider.url + "/1", mayBePrivate: true) == nil)
    #expect(provider.requests.all.count == 6)
  }

  @Test(
    arguments: [
      (nil, "http://127.0.0.1/1", true), ("http://127.0.0.1:8003", "http://10.0.0.1/1", true),
      ("http://nas.local/api", "http://192.168.0.2/1", true),
      ("https://api.example.com/v1", "https://API.example.com:8443/1.png", true),
      ("https://api.example.com/v1", "http://169.254.169.254/latest", false),
      ("https://api.example.com/v1", "https://cdn.example.com/1.png", false),
    ] as [(String?, String, Bool)])
  func onlyAProviderInsideMaySendThere(baseURL: String?, address: String, isAllowed: Bool) throws {
    let origin = JobContext(
      job: try #require(JobID("aaaa")), request: small(), modelID: "m", provider: "p",
      dialect: "ark", baseURL: baseURL, clientRequestID: nil, submitted: .now(), price: nil,
      program: "Darkroom 0.1.0")
    #expect(origin.mayReachPrivateHosts(for: address) == isAllowed)
  }

  @Test func numbersAreJudgedAsTheSystemWritesThem() {
    for number in [
      "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:10.0.0.1",
    ] {
      #expect(PrivateHost.isNumber(number), "\(number)")
    }
    for number in ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"] {
      #expect(!PrivateHost.isNumber(number), "\(number)")
    }
  }
}
