import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// The key in a provider's words, however they spell it.
@Suite(.timeLimit(.minutes(5))) struct RedactionTests {
  private static let key = "sk-a/b+c=u\"d%e\\f"

  @Test(arguments: [
    #"sk-a/b+c=u"d%e\f"#, #"sk-a\/b+c=u\"d%e\\f"#, #"sk-a\\\/b+c=u\\\"d%e\\\\f"#,
    "sk-a%2Fb%2bc%3Du%22d%25e%5Cf", "sk-a%252Fb%252Bc%253du%2522d%e%255cf",
    #"\u0073k\u002Da\u002fb+c=\u0075\u0022d\u0025e\u005cf"#,
    #"sk-a\\u002fb+c=u\\u0022d%e\\\\f"#,
  ])
  func noSpellingOfTheKeyIsKept(spelling: String) {
    let redaction = Redaction(key: Self.key)
    #expect(redaction.text("é \(spelling) red \(spelling)") == "é [key] red [key]")
    let other = String(spelling.dropLast()) + " red"
    #expect(redaction.text(other) == other)
  }

  @Test func otherWordsStay() {
    let text =
      #"{"path":"a\/b","name":"%41\u0041 sk-","long":"\#(String(repeating: "\\", count: 9999))"}"#
    #expect(Redaction(key: Self.key).text(text) == text)
    #expect(Redaction(key: nil).text(Self.key) == Self.key)
  }

  @Test func anEscapedKeyIsNotInTheTrace() async throws {
    let key = "ark/5f3a9c01+secret"
    let provider = try Provider { _, _ in
      .json(
        400,
        #"{"error":{"code":"InvalidParameter","message":"key ark\/5f3a9c01+secret at /?k=ark%2F5f3a9c01%2Bsecret \u0061rk\u002f5f3a9c01+secret"}}"#
      )
    }
    let bench = try await Bench()
    let path = bench.directory.path("trace.txt")
    let job = try await bench.run(small(), on: provider.connection, key: key, trace: path)
    let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
    for words in [text, job.message ?? "", String(describing: try bench.journal(of: job.id))] {
      #expect(words.contains("[key]"))
      #expect(!words.contains("5f3a9c01"))
    }
  }
}
