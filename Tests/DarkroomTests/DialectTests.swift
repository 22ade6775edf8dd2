import FoundationEssentials
import Gallery
import HTTP
import Posix
import Seedream
import TestSupport
import Testing

extension WholeProgramTests {
  /// `darkroom generate` with each provider, against a server that answers as that provider's page says.
  @Suite struct DialectTests {
    /// One way to ask.
    private struct Asking: CustomStringConvertible {
      var count = 1
      var references = 0
      var streams = false
      var format = ResponseFormat.url

      var description: String {
        "\(count) as \(format.rawValue), \(references) references, stream \(streams)"
      }
    }

    private static func askings(_ dialect: SpokenDialect) -> [Asking] {
      // Each job that has to be asked for costs the two seconds of the page.
      if dialect == .pixazoPolled { return [Asking(references: 1), Asking(count: 3)] }
      let plain = [
        Asking(), Asking(format: .base64), Asking(count: 3), Asking(count: 3, format: .base64),
        Asking(references: 1), Asking(count: 3, references: 3, format: .base64),
      ]
      guard dialect.takesStream else { return plain }
      return plain + [
        Asking(streams: true), Asking(streams: true, format: .base64),
        Asking(count: 3, streams: true), Asking(count: 3, streams: true, format: .base64),
        Asking(count: 3, references: 1, streams: true),
      ]
    }

    @Test(arguments: SpokenDialect.allCases)
    func picturesComeFromEachProvider(dialect: SpokenDialect) throws {
      let server = try DialectServer(dialect)
      let home = try ProgramHome()
      if let variable = dialect.keyVariable { home.variables[variable] = DialectServer.key }
      let references = try (0..<3).map { number in
        let bytes = try DialectServer.picture(shade: UInt8(10 + number))
        let path = try home.write(bytes, to: "reference-\(number).jpg")
        return dialect == .apiyi
          ? Reference(
            text: "https://example.com/\(number).jpg", sent: "https://example.com/\(number).jpg")
          : Reference(
            text: path, sent: "data:image/jpeg;base64," + Data(bytes).base64EncodedString())
      }
      for asking in Self.askings(dialect) {
        let used = Array(references.prefix(asking.references))
        let outcome = try home.run(
          ["generate", "--provider", dialect.provider, "--base-url", server.baseURL]
            + ["--size", "2K", "-n", "\(asking.count)", "--format", asking.format.rawValue]
            + ["--stream", asking.streams ? "on" : "off"]
            + used.flatMap { ["--ref", $0.text] } + ["a red lantern"])
        #expect(outcome.status == .exited(0), "\(asking): \(outcome.narration)")
        try expectPictures(outcome.lines, of: server, asking)
        let requests = server.takeRequests()
        #expect(
          requests.map(\.path)
            == [dialect.path] + (dialect == .pixazoPolled ? [DialectServer.pollPath] : []),
          "\(asking)")
        let body = requests.first.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(body == Self.body(dialect, asking, used.map(\.sent)), "\(asking)")
        #expect(requests.first?.header("Content-Type") == "application/json")
        #expect(
          requests.allSatisfy { ($0.header("Authorization") == nil) == !dialect.usesBearer })
      }
    }

    @Test(arguments: [SpokenDialect.ark, .chainhub, .pixazo, .apiyi])
    func aWrongKeyIsAFailureInEachOfTheirWords(dialect: SpokenDialect) throws {
      let server = try DialectServer(dialect)
      let home = try ProgramHome()
      home.variables[try #require(dialect.keyVariable)] = "some-other-key"
      let outcome = try home.run(
        "generate", "--provider", dialect.provider, "--base-url", server.baseURL, "fog")
      #expect(outcome.status == .exited(1))
      #expect(outcome.narration.contains("key"), "\(outcome.narration)")
      #expect(!outcome.narration.contains("some-other-key"))
      #expect(server.takeRequests().count == 1)
    }

    /// A reference as it is typed, and as it arrives.
    private struct Reference {
      var text: String
      var sent: String
    }

    /// Saved as they came but for what is embedded behind the first headers.
    private func expectPictures(
      _ paths: [String], of server: DialectServer, _ asking: Asking
    ) throws {
      #expect(paths.count == asking.count, "\(asking)")
      // Names begin with the second in which a picture was filed, in whatever order they come.
      let inOrder = try paths.map { ($0, try BirthRecord(ofPicture: $0).origin) }
        .sorted { $0.1.id.number < $1.1.id.number }
      for ((path, origin), picture) in zip(inOrder, server.pictures) {
        let saved = try #require(FileManager.default.contents(atPath: path))
        #expect(saved.count > picture.count)
        #expect(saved.suffix(picture.count - 20).elementsEqual(picture.dropFirst(20)), "\(asking)")
        #expect(origin.provider == server.dialect.provider)
        #expect(origin.request?.references.count == asking.references)
      }
    }

    /// The body as it has to arrive, members in the order of the provider's page.
    private static func body(
      _ dialect: SpokenDialect, _ asking: Asking, _ references: [String]
    ) -> String {
      let isSet = asking.count > 1
      let prompt = #""prompt":"a red lantern""#
      let listed = references.map { #""\#($0)""# }.joined(separator: ",")
      let list = references.isEmpty ? [] : [#""image":[\#(listed)]"#]
      let image = references.count == 1 ? [#""image":\#(listed)"#] : list
      let sequence =
        isSet
        ? #""sequential_image_generation":"auto","#
          + #""sequential_image_generation_options":{"max_images":\#(asking.count)}"#
        : #""sequential_image_generation":"disabled""#
      let format = #""response_format":"\#(asking.format.rawValue)""#
      let size = #""size":"2K""#
      let stream = #""stream":\#(asking.streams)"#
      let watermark = #""watermark":false"#
      func model(_ id: String) -> String { #""model":"\#(id)""# }
      let (chinese, international) = ("doubao-seedream-4-0-250828", "seedream-4-0-250828")
      let members: [String] =
        switch dialect {
        case .ark, .byteplus:
          [model(dialect == .ark ? chinese : international), prompt] + image
            + [size, sequence, format] + (asking.streams ? [stream] : []) + [watermark]
        case .unified:
          [model(international), prompt] + image + [sequence, format, size, stream, watermark]
        case .chainhub:
          [model(chinese), prompt] + image + [size, sequence, stream, format, watermark]
        case .pixazo, .pixazoPolled:
          [prompt] + list + [format, size, watermark]
            + [#""sequential_image_generation":"\#(isSet ? "auto" : "disabled")""#]
            + (isSet ? [#""num_images":\#(asking.count)"#] : [])
        case .apiyi:
          [model(international), prompt] + list + [size, format]
            + (isSet ? [#""n":\#(asking.count)"#] : []) + [watermark]
            + (asking.streams ? [stream] : [])
        }
      return "{" + members.joined(separator: ",") + "}"
    }
  }
}

extension SpokenDialect {
  /// Whether the key travels as `Authorization`.
  fileprivate var usesBearer: Bool { keyVariable != nil && !isPixazo }
}
