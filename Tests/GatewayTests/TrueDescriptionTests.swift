import Gateway
import HTTP
import Seedream
import TestSupport
import Testing

/// What the description calls valid is sent on, and nothing else is: bodies made at random for each model, one
/// to three members of which are changed.
@Suite struct TrueDescriptionTests {
  struct Place: Sendable, CustomTestStringConvertible {
    var path: String
    var dialect: Dialect
    var standard: String?
    var testDescription: String { "\(path) at \(dialect.name), \(standard ?? "no standard")" }
  }

  static let places =
    [Dialect.byteplus, .ark, .apiyi, .chainhub].flatMap { dialect in
      ["/api/v3/images/generations", "/v1/images/generations"]
        .map { Place(path: $0, dialect: dialect) }
    } + [
      Place(path: "/byteplus-generate", dialect: .byteplus),
      Place(path: "/byteplus-generate", dialect: .byteplus, standard: "ep-1"),
      Place(path: "/byteplus-generate", dialect: .ark, standard: "5.0-pro"),
      Place(path: "/byteplus/v1/getEditMultiImage", dialect: .byteplus),
      Place(path: "/byteplus/v1/getEditMultiImage", dialect: .byteplus, standard: "5.5"),
      Place(path: "/byteplus/v1/getEditMultiImage", dialect: .apiyi, standard: "4.5"),
    ]

  @Test(arguments: places) func whatIsValidIsSentAndNothingElse(
    _ place: Place
  ) async throws {
    let provider = try RawServer { connection in
      _ = connection.readRequest()
      connection.send(
        "HTTP/1.1 429 Too Many\r\nContent-Type: application/json\r\nConnection: close\r\n"
          + "Content-Length: 50\r\n\r\n{\"error\":{\"code\":\"TooMany\",\"message\":\"slow down\"}}"
      )
    }
    let door = try Door(
      provider, speaking: place.dialect, options: GatewayOptions(standardModel: place.standard))
    let document = try JSON.read(try await door.get("/openapi.json").body)
    let schema = try #require(
      document[
        "paths", place.path, "post", "requestBody", "content", "application/json", "schema"])
    var random = SplitMix(state: 9)
    var sent = 0
    for _ in 0..<200 {
      let body = Self.body(at: place, using: &random)
      if Self.isMany(body) { continue }
      let isValid = try JSON.object(body).satisfies(schema)
      let text = JSON.object(body).written
      let answer = try await door.post(place.path, text)
      let isSent = answer.status == 429
      #expect(isSent == isValid, "\(text)\n\(answer.status) \(answer.text)")
      if isSent { sent += 1 }
    }
    #expect(sent > 20)
    #expect(provider.heads.all.count == sent)
  }

  // MARK: Bodies

  private static let png = JSON.string("data:image/png;base64,aGVsbG8=")
  private static let jpeg = JSON.string("data:image/jpeg;base64,aGVsbG8=")
  private static let address = JSON.string("https://example.com/a.png")

  private static func list(_ count: Int) -> JSON {
    .array(Array(repeating: address, count: count))
  }

  private static let choices: [String: [JSON]] = [
    "prompt": [.string("a"), .string(" "), .null, .string("<bbox>1 2 3 4</bbox> a")],
    "image": [
      .null, png, jpeg, address, .string("data:image/tiff;base64,aGVsbG8="),
      .string("data:image/heic;base64,aGVsbG8="), .string("data:image/svg;base64,aGVsbG8="),
      .string("nothing"), list(0), list(1), .array([png]), .array([jpeg]), list(2), list(10),
      list(11), list(14), list(15),
    ],
    "size": [
      .null, .string("1K"), .string("1.5k"), .string("2k"), .string("2K"), .string("3K"),
      .string("4K"), .string("2048x2048"), .string("2048×2048"), .string("auto"),
      .string("adaptive"), .string("0x5"), .string("5K"), .string("large"),
    ],
    "sequential_image_generation": [.null, .string("disabled"), .string("auto")],
    "sequential_image_generation_options": [
      .null, .object([:]), .object(["max_images": .null]), .object(["max_images": .number(1)]),
      .object(["max_images": .number(2)]), .object(["max_images": .number(15)]),
      .object(["max_images": .number(16)]),
    ],
    "response_format": [.null, .string("url"), .string("b64_json"), .string("png")],
    "output_format": [.null, .string("jpeg"), .string("png"), .string("webp")],
    "stream": [.null, .boolean(true), .boolean(false)],
    "watermark": [.null, .boolean(true), .number(1)],
    "optimize_prompt_options": [
      .null, .object([:]), .object(["mode": .null]), .object(["mode": .string("standard")]),
      .object(["mode": .string("fast")]), .object(["mode": .string("slow")]),
    ],
    "seed": [.null, .number(-1), .number(7), .number(-2)],
    "guidance_scale": [.null, .number(1), .number(2.5), .number(11)],
    "tools": [
      .null, .array([]), .array([.object(["type": .string("web_search")])]),
      .array([.object(["type": .string("other")])]),
    ],
    "background": [
      .null, .string("auto"), .string("opaque"), .string("transparent"), .string("blue"),
    ],
    "layer_decomposition": [.null, .boolean(true), .boolean(false)],
    "n": [.null, .number(1), .number(2), .number(15), .number(16)],
    "num_images": [.null, .number(1), .number(2), .number(15), .number(16)],
  ]

  private static let names =
    ModelCatalogue.builtIn.models.flatMap { model in
      [model.family.rawValue, model.byteplus.id, model.volcengine.id].filter { !$0.isEmpty }
    } + ["ep-1", "EP-1", "ep-"]

  /// One that most models take, and then changed.
  private static func body(
    at place: Place, using random: inout SplitMix
  ) -> [String: JSON] {
    var body: [String: JSON] = ["prompt": .string("a")]
    let name = names.randomElement(using: &random) ?? ""
    body["model"] = .string(name)
    // Most names are not those of the one model of the edit endpoint.
    let isHidden = place.path.hasSuffix("Image") && Int.random(in: 0..<3, using: &random) > 0
    if isHidden || Int.random(in: 0..<6, using: &random) == 0 { body["model"] = nil }
    if name.contains("edit") {
      body["image"] = address
      body["size"] = .string("adaptive")
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      body["layer_decomposition"] = .boolean(true)
      body["image"] = png
    case 1:
      body["background"] = .string("transparent")
      body["image"] = .array([png])
    default: break
    }
    let members = choices.keys.sorted()
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let member = members.randomElement(using: &random) ?? ""
      body[member] = choices[member]?.randomElement(using: &random)
    }
    return body
  }

  /// Whether references and pictures are more than go together, which no schema can say.
  private static func isMany(_ body: [String: JSON]) -> Bool {
    let references = body["image"].map { $0.text == nil ? $0.items.count : 1 } ?? 0
    func number(_ value: JSON?) -> Int {
      if case .number(let number)? = value { Int(number) } else { 1 }
    }
    let pictures =
      [
        number(body["n"]), number(body["num_images"]),
        number(body["sequential_image_generation_options"]?["max_images"]),
      ].max() ?? 1
    return references + pictures > 15 && references <= 14 && references > 0
  }
}
