import FoundationEssentials
import Glibc
import Seedream
import TestSupport
import Testing

/// What `--dry-run` shows, given to a real shell.
@Suite(.serialized) struct DryRunTests {
  static let base = "https://ark.example.com/api/v3"

  /// What a program called `curl` would see of a command line.
  struct Seen {
    var arguments: [String]
    var input: String
  }

  func run(_ command: String, in directory: TemporaryDirectory) throws -> Seen {
    let script = """
      cd '\(directory.path)' && ARK_API_KEY=secret
      curl() { printf '%s\\n' "$@" > arguments; cat > input; }
      { \(command)
      } < /dev/null
      """
    try script.write(toFile: directory.path("script"), atomically: true, encoding: .utf8)
    let status = unsafe system("/bin/sh '\(directory.path("script"))'")
    try #require(status == 0)
    func read(_ name: String) throws -> String {
      try String(contentsOfFile: directory.path(name), encoding: .utf8)
    }
    return Seen(
      arguments: try read("arguments").split(separator: "\n").map(String.init),
      input: try read("input"))
  }

  @Test(arguments: [
    "a red lantern", "it's $HOME `id` $(id) \\ \"quoted\" !", "'; rm -rf / #", "-n @file",
    "two\nlines\tand a tab", "红灯笼 🏮", "escape \u{1b}[2J, C1 \u{9b}2J, right to left \u{202e}",
  ])
  func aShellSeesTheRequestAsItIs(prompt: String) throws {
    let directory = try TemporaryDirectory()
    let wire = try Dialect.ark.encode(GenerationRequest(model: "x", prompt: prompt), for: nil)
    let command = wire.curlCommand(baseURL: Self.base)
    #expect(!command.contains("secret"))
    #expect(command.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.isShown })
    let seen = try run(command, in: directory)
    #expect(seen.arguments.contains(Self.base + "/images/generations"))
    #expect(seen.arguments.contains("Authorization: Bearer secret"))
    #expect(seen.arguments.contains("Content-Type: application/json"))
    let body = try #require(seen.arguments.last)
    #expect(try JSON(body) == JSON(wire.text))
    #expect(seen.arguments.dropLast().last == "--data-binary")
  }

  @Test func storedPicturesArePipedFromTheirFiles() throws {
    let directory = try TemporaryDirectory()
    let stored = StoredReference(
      sha256: String(repeating: "a", count: 64), format: .png, byteCount: 13, origin: "a.png")
    let request = GenerationRequest(
      model: "x", prompt: "it's", references: [.stored(stored), .stored(stored)])
    let wire = try Dialect.ark.encode(request, for: nil)
    let name = "a 'b.png"
    try "Hello, world!".write(
      toFile: directory.path(name), atomically: true, encoding: .utf8)
    let seen = try run(wire.curlCommand(baseURL: Self.base) { _ in name }, in: directory)
    #expect(seen.arguments.suffix(2) == ["--data-binary", "@-"])
    #expect(
      seen.input
        == wire.text.replacing("<0:13>", with: "SGVsbG8sIHdvcmxkIQ==")
        .replacing("<1:13>", with: "SGVsbG8sIHdvcmxkIQ=="))
    #expect(seen.input.utf8.count == wire.contentLength)
  }

  @Test func theKeyIsSaidAsTheProviderWantsIt() throws {
    let wire = try Dialect.pixazo.encode(lantern("4.0"), for: nil)
    let command = wire.curlCommand(
      baseURL: Dialect.pixazo.baseURL, keyVariable: "PIXAZO_API_KEY",
      authentication: Dialect.pixazo.authentication)
    #expect(command.contains(#"-H 'Ocp-Apim-Subscription-Key: '"$PIXAZO_API_KEY""#))
    #expect(command.contains("-H 'Cache-Control: no-cache'"))
    let local = try Dialect.unified.encode(lantern("4.0"), for: nil)
      .curlCommand(baseURL: "http://localhost:8003", authentication: .none)
    #expect(!local.contains("$"))
    let odd = wire.curlCommand(baseURL: "", keyVariable: "A;id")
    #expect(odd.contains("\"$API_KEY\"") && !odd.contains("A;id"))
  }

  @Test func thePreviewIsTheSameJSONLaidOut() throws {
    var request = try lantern("4.5", count: 3, references: 2)
    request.prompt = "brackets [{\"a\": 1}], \u{301}\\ and \u{1b}"
    let wire = try Dialect.ark.encode(request, for: nil)
    #expect(try JSON(wire.jsonPreview) == JSON(wire.text))
    #expect(wire.jsonPreview.hasPrefix("{\n  \"model\": \"4.5\",\n"))
    #expect(wire.jsonPreview.contains("\n    \"https://example.com/0.png\",\n"))
    #expect(wire.jsonPreview.contains("\\u001b"))
  }

  @Test func thePreviewShortensPictures() throws {
    let stored = StoredReference(
      sha256: String(repeating: "a", count: 64), format: .webp, byteCount: 5_000_000,
      origin: "a.webp")
    let long = "data:image/png;base64," + String(repeating: "A", count: 100_000)
    let request = GenerationRequest(
      model: "x", prompt: "x", references: [.stored(stored), .url(long)])
    let preview = try Dialect.ark.encode(request, for: nil).jsonPreview
    #expect(preview.utf8.count < 600)
    #expect(preview.contains("\"data:image/webp;base64,… (reference 1, 5000000 bytes)\""))
    #expect(preview.contains("(100022 characters)\""))
    _ = try JSON(preview)
  }
}

extension Unicode.Scalar.Properties {
  /// Whether a terminal shows it and does nothing else.
  fileprivate var isShown: Bool {
    ![.control, .format, .lineSeparator, .paragraphSeparator].contains(generalCategory)
  }
}
