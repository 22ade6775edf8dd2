import Seedream
import Testing

/// Where a redirect led, without what may be secret about it.
@Suite struct RedirectTests {
  private func sentence(_ location: String?, status: Int = 301) -> String {
    APIError(status: status, body: Array("<html>moved".utf8)).leading(to: location).sentence
  }

  @Test(arguments: [
    ("https://new.example/v1", "to https://new.example/v1 "),
    ("https://user:hush@new.example:8443/v1?token=hush#hush", "to https://new.example:8443/v1 "),
    ("HTTPS://a@b@new.example", "to HTTPS://new.example "),
    ("//new.example/x", "to //new.example/x "),
    ("/v2/images", "to another path of the same host, /v2/images "),
    ("https://new.example/go/https://u:hush@x", "to https://new.example "),
    ("https://hush@new.example\\@evil.example/", "to https://new.example "),
  ])
  func itSaysWhereItLed(_ location: String, _ place: String) {
    let sentence = sentence(location)
    #expect(sentence.contains(place), "\(sentence)")
    #expect(!sentence.contains("hush"))
    #expect(sentence.hasSuffix("(HTTP 301). Check the base URL."))
  }

  @Test(arguments: [nil, "", "?token=hush", "mailto:hush@x", "user:hush@host/x"] as [String?])
  func whatCannotBeToldIsNot(_ location: String?) {
    #expect(
      sentence(location)
        == "The address of the provider sends elsewhere (HTTP 301). Check the base URL.")
  }

  @Test func anotherStatusKeepsItsWords() {
    #expect(!sentence("https://new.example", status: 404).contains("new.example"))
  }
}
