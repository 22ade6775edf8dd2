import FoundationEssentials
import HTTP
import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// A provider that gives the key back wherever it can, and a search for it wherever it could have gone.
  @Suite struct SecretTests {
    static let key = "k3y/of+the~house=\"odd\"&<long>%20"

    @Test(arguments: ["json", "html", "members", "address", "stream"])
    func aKeyThatComesBackIsWrittenNowhere(prompt: String) throws {
      let provider = try EchoingProvider(key: Self.key)
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["ECHO_KEY"] = Self.key
      let trace = home.directory.path("trace.txt")
      var said = ""
      for words in [
        ["generate", "--trace", trace, prompt], ["generate", "-n", "2", prompt],
        ["generate", "--dry-run", prompt], ["jobs", "--all"], ["jobs", "--all", "--json"],
        ["providers"], ["doctor"], ["search"],
      ] {
        let outcome = try home.run(words)
        said += outcome.output + outcome.narration
      }
      #expect(provider.wasAsked)
      #expect(FileSystem.exists(trace))
      let session = try home.open()
      try session.type(prompt + Keys.send)
      try session.waitFor("the end of the job") { screen in
        [
          "failed", "is done", "partly", "no answer came", "refused", "not saved", "not here",
          "Interrupted",
        ].contains {
          screen.contains($0)
        }
      }
      try session.quit()
      said += String(decoding: session.log, as: UTF8.self)
      for spelling in Self.spellings { #expect(!said.contains(spelling), "said: \(spelling)") }

      let services = home.services
      #expect(!services.isEmpty)
      for process in services {
        for name in ["environ", "cmdline"] {
          let bytes = FileManager.default.contents(atPath: "/proc/\(process)/\(name)") ?? Data()
          for spelling in Self.spellings {
            #expect(bytes.firstRange(of: Data(spelling.utf8)) == nil, "\(name) of the service")
          }
        }
        let limits = FileManager.default.contents(atPath: "/proc/\(process)/limits") ?? Data()
        let text = String(decoding: limits, as: UTF8.self)
        #expect(text.contains(#/Max core file size +0 +0 /#))
      }
      for spelling in Self.spellings {
        let search = try ProcessSpec(
          "grep", ["-r", "-a", "-l", "-F", "-e", spelling, home.directory.path]
        ).runBlocking(timeLimit: TerminalSession.patience)
        #expect(String(decoding: search.output, as: UTF8.self) == "", "\(spelling)")
        #expect(search.status == .exited(1))
      }
    }

    /// As it is, and as JSON, HTML, addresses and base64 have it; in base64 the letters that are the same
    /// wherever it begins in a longer text.
    static let spellings: [String] = {
      let html = key.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
      let json = key.replacing("\"", with: "\\\"")
      let base64 = (0..<3).map { place in
        let text = Data([UInt8](repeating: 0x61, count: place) + Array(key.utf8))
          .base64EncodedString()
        return String(text.dropFirst(4).prefix(key.utf8.count))
      }
      return [key, html, json, json.replacing("/", with: "\\/"), percent(key)] + base64
    }()

    static func percent(_ text: String) -> String {
      text.utf8.map { byte in
        let character = Character(UnicodeScalar(byte))
        return character.isLetter || character.isNumber || "-._~".contains(character)
          ? String(character) : "%" + String(byte, radix: 16, uppercase: true)
      }.joined()
    }

    @Test(arguments: [
      "http:/me:s3cr3t-word@host", "http://me:s3cr3t-word@host", "me:s3cr3t-word@host/x y",
      "ftp://me:s3cr3t-word@host",
    ])
    func whatIsTypedAsAnAddressIsNotRepeatedWithItsPassword(_ address: String) throws {
      let home = try ProgramHome()
      let typed = try home.run("generate", "--base-url", address, "a")
      #expect(typed.status == .exited(2) && typed.narration.contains("@host"))
      #expect(!typed.narration.contains("s3cr3t"))
      let other = try ProgramHome(
        configuration: "providers:\n  mine:\n    base_url: '\(address)'\n    key_env: K\n")
      let read = try other.run("providers")
      #expect(read.status == .exited(1) && read.narration.contains("base_url"))
      #expect(!(read.narration + read.output).contains("s3cr3t"))
    }

    @Test func aKeyCommandSeesNoOtherKey() throws {
      let home = try ProgramHome(
        configuration: ProgramHome.quick + """
          provider: mine
          providers:
            mine:
              base_url: http://127.0.0.1:9/api/v3
              key_command: env > \"$HOME/seen\"; ulimit -c >> \"$HOME/seen\"; echo a-key-of-mine
          """)
      home.variables["ARK_API_KEY"] = "secret-of-ark"
      _ = try home.run("doctor")
      let seen = try #require(
        FileManager.default.contents(atPath: home.directory.path("seen"))
      )
      let text = String(decoding: seen, as: UTF8.self)
      #expect(text.contains("HOME=") && !text.contains("secret-of-ark"))
      #expect(text.hasSuffix("\n0\n"))
    }

    @Test func aConfigurationWithAKeyMustBePrivateBehindALinkToo() throws {
      let home = try ProgramHome(
        configuration: "providers:\n  byteplus:\n    key: \(TestProvider.key)\n")
      let file = home.directory.path(".config/darkroom/config.yaml")
      try FileSystem.setMode(0o600, of: file)
      #expect(try home.run("providers").output.contains("from the config file"))
      let link = home.directory.path("link.yaml")
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
      #expect(try home.run("providers", "--config", link).status == .exited(0))
      for mode: UInt32 in [0o640, 0o604, 0o620] {
        try FileSystem.setMode(mode, of: file)
        for path in [file, link] {
          let outcome = try home.run("providers", "--config", path)
          #expect(outcome.status == .exited(1) && outcome.narration.contains("chmod 600"))
          #expect(!outcome.narration.contains(TestProvider.key))
        }
      }
    }

    @Test func theLogOfTheServiceIsPrivateAndHasTimes() throws {
      let home = try ProgramHome()
      _ = try home.run("generate", "a lantern in fog")
      _ = try home.run("service", "--stop")
      let path = home.directory.path(".local/state/darkroom/service.log")
      #expect(try FileInformation(of: path).mode == 0o600)
      let bytes = try FileSystem.read(path, limit: 1 << 20)
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      #expect(lines.allSatisfy { $0.contains(#/^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d \[\d+\] /#) })
      for word in ["is ready", " queued: ", " running", " done, 1 of 1 pictures", "has ended"] {
        #expect(lines.contains { $0.contains(word) }, "\(word)")
      }
      #expect(!lines.contains { $0.contains("lantern") })
      #expect(try home.run("doctor").output.contains(path))
    }
  }
}

/// Repeats the key of each request in what the prompt asks for.
private final class EchoingProvider: Sendable {
  private let server: ScriptedProvider

  init(key: String) throws {
    server = try ScriptedProvider { request, _ in
      Self.answer(request.text, key: key, host: request.header("Host") ?? "")
    }
  }

  var wasAsked: Bool { !server.requests.all.isEmpty }

  var configuration: String {
    """
    \(ProgramHome.quick)
    provider: echo
    providers:
      echo:
        base_url: http://127.0.0.1:\(server.port)/api/v3
        key_env: ECHO_KEY
    """
  }

  private static func answer(_ body: String, key: String, host: String) -> HTTPReply {
    let json = key.replacing("\"", with: "\\\"")
    let slashed = json.replacing("/", with: "\\/")
    let base64 = Data("user:\(key)".utf8).base64EncodedString()
    let percent = WholeProgramTests.SecretTests.percent(key)
    let all =
      "\(json) \(slashed) \(base64) \(percent) \(String(repeating: "x", count: 150)) \(json)"
    let error =
      "{\"code\":\"\(json)\",\"message\":\"Bad key \(all)\",\"type\":\"\(json)\",\"param\":\"\(json)\"}"
    let head = [
      HTTPHeader("Content-Type", "application/json"), HTTPHeader("X-Request-Id", key),
      HTTPHeader("X-Echo", base64), HTTPHeader("WWW-Authenticate", "Bearer \(key)"),
    ]
    func reply(_ status: Int, _ text: String) -> HTTPReply {
      HTTPReply(status: status, headers: head, body: .bytes(Array(text.utf8)))
    }
    if body.contains("\"html\"") {
      let html = key.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
      return HTTPReply(
        status: 400, headers: [HTTPHeader("Content-Type", "text/html"), head[1]],
        body: .bytes(Array("<h1>\(html)</h1>\(key) \(percent)".utf8)))
    }
    if body.contains("\"members\"") {
      return reply(
        200, "{\"model\":\"\(json)\",\"data\":[{\"error\":\(error)},{\"error\":\(error)}]}")
    }
    if body.contains("\"address\"") {
      return reply(
        200,
        "{\"model\":\"\(json)\",\"data\":[{\"url\":\"http://\(host)/\(percent)?k=\(percent)&b=\(base64)\"}]}"
      )
    }
    if body.contains("\"stream\"") {
      return HTTPReply(
        status: 200, headers: [HTTPHeader("Content-Type", "text/event-stream"), head[1]],
        body: .bytes(Array("event: error\ndata: {\"error\":\(error)}\n\n".utf8)))
    }
    return reply(401, "{\"error\":\(error)}")
  }
}
