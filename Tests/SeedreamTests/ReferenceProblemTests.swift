import Seedream
import Testing

@Suite struct ReferenceProblemTests {
  func problems(_ references: [Reference], _ model: String = "4.5") -> [Problem] {
    let request = GenerationRequest(
      model: model, prompt: "a lantern", references: references,
      size: model == "3.0" ? .pixels(width: 1024, height: 1024) : .keyword("2K"))
    return ModelCatalogue.builtIn.problems(of: request)
  }

  @Test(arguments: [
    "https://example.com/a.png", "HTTP://Example.COM:8080/a?b=c@d", "https://8.8.8.8/x",
    "https://[2606:4700::1111]/x", "https://sub.example.co.uk./x",
    "https://ark-doc.tos-ap-southeast-1.bytepluses.com/doc_image/seedream4_imageToimage.png",
    "https://例え.jp/a.png", "data:image/png;base64,iVBORw0KGgo=",
  ])
  func publicAddressesAreTaken(url: String) {
    #expect(problems([.url(url)]) == [])
  }

  @Test(arguments: [
    "http://localhost/a.png", "http://LOCALHOST:80/", "http://printer/a.png",
    "http://nas.local/a", "http://x.localhost/", "http://metadata.google.internal/",
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/",
    "http://017700000001/", "http://10.1.2.3/", "http://172.16.0.1/", "http://172.31.255.255/",
    "http://192.168.1.1/", "http://169.254.169.254/latest", "http://100.64.0.1/",
    "http://0.0.0.0/", "http://255.255.255.255/", "http://224.0.0.1/", "http://127.0.0.1./",
    "http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fd00::1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::10.0.0.1]/",
    "http://[2002:7f00:1::]/", "http://[zz]/",
  ])
  func privateAddressesAreNot(url: String) {
    let found = problems([.url("https://example.com/a.png"), .url(url)])
    #expect(found.map(\.referenceIndex) == [1])
    #expect(found.first?.message.contains("cannot reach") == true)
  }

  @Test(arguments: [
    "", "a.png", "file:///etc/passwd", "ftp://example.com/a", "https://", "https:///a",
    "https://user:secret@example.com/", "https://example.com:port/", "https://exa mple.com/",
    "https://example.com\\@127.0.0.1/", "javascript:alert(1)", "data:image/PNG;base64,AAAA",
    "data:image/png;base64,", "data:text/plain;base64,AAAA", "data:image/png,AAAA",
    "iVBORw0KGgo=", "https://[::1/",
  ])
  func whatIsNoWebAddressIsNot(url: String) {
    #expect(problems([.url(url)]).map(\.field) == [.references])
  }

  @Test(arguments: [("4.5", 14), ("4.0", 14), ("lite", 14), ("pro", 10), ("flash", 10), ("3.0", 0)])
  func referencesAreCounted(model: String, most: Int) {
    let one = Reference.url("https://example.com/a.png")
    #expect(problems(Array(repeating: one, count: most), model) == [])
    let found = problems(Array(repeating: one, count: most + 1), model)
    #expect(found.first?.field == .references)
    #expect(found.first?.referenceIndex == most)
  }

  @Test func theEditorNeedsExactlyOne() {
    let request = GenerationRequest(
      model: "seededit", prompt: "a lantern", size: .keyword("adaptive"))
    #expect(
      ModelCatalogue.builtIn.problems(of: request).map(\.message) == [
        "SeedEdit 3.0 edits a picture: add 1 as a reference."
      ])
  }

  @Test(arguments: [(0, Problem.Severity.blocking), (11, .advice), (31, .blocking)])
  func storedPicturesAreWeighed(megabytes: Int, severity: Problem.Severity) {
    let stored = StoredReference(
      sha256: String(repeating: "a", count: 64), format: .png, byteCount: megabytes << 20,
      origin: "a.png")
    #expect(problems([.stored(stored)]).map(\.severity) == [severity])
  }

  @Test func namesMayNotBeEmpty() {
    #expect(problems([.file(""), .picture("")]).map(\.referenceIndex) == [0, 1])
  }
}
