import Seedream

/// The bodies of answers, and examples of them.
enum AnswerSchemas {
  /// - Parameters:
  ///   - isWhole: Whether the members that some providers leave out are always there.
  ///   - hasAliases: Whether the usage has the members of the seed's page too.
  static func pictures(isWhole: Bool, hasAliases: Bool) -> Schema {
    let fault = Schema.object([("code", .text), ("message", .text)])
    let item = Schema.object(
      [
        ("url", .text), ("b64_json", .text),
        ("size", .text(matching: "^[0-9]+x[0-9]+$")), ("output_format", .text),
        ("background", .text), ("error", fault),
      ] + layer, required: [])
    let one = ["url", "b64_json", "error"].map { JSONText.object([Schema.required([$0])]) }
    let names = usage(hasAliases).map(\.0)
    // The models before 4.0 tell no tokens.
    let always = hasAliases ? names : isWhole ? Array(names.prefix(1)) : []
    let counts = names.map { ($0, Schema.whole) } + [("input_images", .whole)]
    let usage = Schema.object(counts, required: always)
    return .object(
      [
        ("model", .text), ("created", .whole),
        ("data", .list(of: item.adding([("anyOf", .array(one))]))), ("usage", usage),
        ("error", fault),
      ], required: isWhole ? ["model", "created", "data", "usage"] : ["data"])
  }

  /// Where a picture lies that was split off another one.
  private static let layer: [(String, Schema)] = {
    let edges = Schema.list(of: .whole, atMost: 4).adding([("minItems", .number(4))])
    return [
      ("z_index", .whole),
      (
        "bounding_box",
        .object([("absolute", edges), ("normalized", edges)], required: ["absolute"])
      ),
      ("name", .text), ("description", .text),
    ]
  }()

  /// A list of models.
  ///
  /// - Parameter isArk: Whether in the vendor's form, else in OpenAI's.
  static func models(isArk: Bool) -> Schema {
    let words = Schema.list(of: .text)
    let entry =
      isArk
      ? Schema.object(
        [
          ("id", .text), ("object", .text), ("name", .text), ("version", .text),
          ("domain", .words(["ImageGeneration"])), ("task_type", words),
          (
            "modalities",
            .object([("input_modalities", words), ("output_modalities", words)])
          ),
          ("status", .words(["Retiring", "Shutdown"])),
        ], required: ["id", "object", "name", "version", "domain", "task_type", "modalities"])
      : .object([
        ("id", .text), ("object", .words(["model"])), ("created", .whole), ("owned_by", .text),
      ])
    return .object([("object", .words(["list"])), ("data", .list(of: entry))])
  }

  static func picturesExample(hasAliases: Bool) -> JSONText {
    .object([
      ("model", .string("seedream-4-0-250828")), ("created", .number(1_768_518_000)),
      ("data", .array([.object([("url", .string(address)), ("size", .string("1024x1024"))])])),
      ("usage", .object(usage(hasAliases))),
    ])
  }

  /// What each event is, and a stream of two and the end.
  ///
  /// - Parameter isWhole: Whether no other events come, such as the error that some providers send.
  static func stream(isWhole: Bool) -> JSONText {
    let names = ["partial_succeeded", "partial_failed", "completed"]
      .map { "image_generation.\($0)" }
    let data = Schema.text.adding([("contentMediaType", .string("application/json"))])
    let event = Schema.object([("event", .words(names)), ("data", data)])
    let end = Schema.object([("data", .words(["[DONE]"]))])
    let example = JSONText.object([
      ("summary", .string("One picture.")), ("serializedValue", .string(streamExample)),
    ])
    let other = isWhole ? [] : [Schema.object([("data", .text)])]
    return .object([
      ("itemSchema", Schema.any(of: [event, end] + other).json),
      ("examples", .object([("picture", example)])),
    ])
  }

  private static let streamExample: String = {
    let head: [(String, JSONText)] = [
      ("model", .string("seedream-4-0-250828")), ("created", .number(1_768_518_000)),
    ]
    func event(_ name: String, _ members: [(String, JSONText)]) -> String {
      let type = "image_generation.\(name)"
      let data = JSONText.object([("type", .string(type))] + head + members)
      return "event: \(type)\ndata: \(data)\n\n"
    }
    let drawn: [(String, JSONText)] = [
      ("image_index", .number(0)), ("url", .string(address)), ("size", .string("1024x1024")),
    ]
    return event("partial_succeeded", drawn)
      + event("completed", [("usage", .object(usage(false)))])
      + "data: [DONE]\n\n"
  }()

  /// - Parameter lists: Whether `detail` names the members that are wrong.
  static func refusal(_ style: RefusalStyle, lists: Bool) -> Schema {
    let error = Schema.object([
      ("code", .text), ("message", .text), ("param", .text), ("type", .text),
    ])
    switch style {
    case .ark: return .object([("error", error)])
    case .text: return .object([("error", .text)])
    case .detail: return .object([("detail", lists ? .list(of: member) : .text), ("error", error)])
    }
  }

  private static let member = Schema.object(
    [
      ("loc", .list(of: .text)), ("msg", .text), ("type", .text), ("legal", .list(of: .text)),
    ], required: ["loc", "msg", "type"])

  private static let address =
    "https://example.com/files/seedream-4-0/0217_0.jpeg?X-Tos-Expires=86400"

  private static func usage(_ hasAliases: Bool) -> [(String, JSONText)] {
    [
      ("generated_images", .number(1)), ("output_tokens", .number(4096)),
      ("total_tokens", .number(4096)),
    ] + (hasAliases ? [("prompt_tokens", .number(0)), ("completion_tokens", .number(4096))] : [])
  }
}
