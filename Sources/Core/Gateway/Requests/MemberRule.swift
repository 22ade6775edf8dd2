import Seedream

/// What one member of a request's body may be. Requests are checked by these, and described by them.
struct MemberRule: Sendable {
  enum Kind: Sendable {
    case text
    /// With a visible letter.
    case prompt
    case words([String])
    case flag
    case whole(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// A keyword, or width and height.
    case size
    /// One address or data URI, or a list of them.
    case pictures
    case object([MemberRule])
    /// A list of `{"type": …}`.
    case tools
  }

  var name: String
  var kind: Kind
  var isRequired = false
  var meaning: String
  /// What is taken where the member is absent or null.
  var standard: JSONText?
}

// Sources: the pages of the endpoints; for Ark the Image generation API (doc 1541523).
extension MemberRule {
  private static let prompt = MemberRule(
    name: "prompt", kind: .prompt, isRequired: true,
    meaning: "What to draw, in any language, at most 1 MB.")
  private static let image = MemberRule(
    name: "image", kind: .pictures,
    meaning:
      "Reference pictures, in the order the prompt counts them: data URIs, or web addresses that the "
      + "provider can reach, without a user name. They and the pictures asked for may be 15 together."
  )
  private static let size = MemberRule(
    name: "size", kind: .size,
    meaning:
      "A keyword that the model offers (1K, 1.5K, 2K, 3K, 4K), or width x height in pixels; else "
      + "the model's own, for most 2K. How many pixels an exact size may have is the model's: the refusal "
      + "names the nearest.")
  private static let format = MemberRule(
    name: "response_format", kind: .words(ResponseFormat.allCases.map(\.rawValue)),
    meaning: "By link, which works for 24 hours, or as base64 in the reply.",
    standard: .string("url"))
  private static let watermark = MemberRule(
    name: "watermark", kind: .flag, meaning: "Whether the picture says that it was generated.",
    standard: .boolean(true))
  private static let sequence = MemberRule(
    name: "sequential_image_generation", kind: .words(["disabled", "auto"]),
    meaning: "One picture, or as many as the model finds right, up to the ceiling.",
    standard: .string("disabled"))
  private static let sequenceOptions = MemberRule(
    name: "sequential_image_generation_options",
    kind: .object([
      MemberRule(
        name: "max_images", kind: .whole(1...15),
        meaning: "The ceiling of a set; pictures and references together may be 15.")
    ]), meaning: "For `auto`.")

  static let unified: [MemberRule] = [
    MemberRule(
      name: "model", kind: .text,
      meaning: "A model or an endpoint; else the one that the gateway was started with."),
    prompt, image, sequence, sequenceOptions, format, size,
    MemberRule(
      name: "stream", kind: .flag,
      meaning: "With `Accept: text/event-stream` the pictures come one by one; else in one reply.",
      standard: .boolean(false)),
    watermark,
  ]

  static let ark: [MemberRule] = [
    MemberRule(
      name: "model", kind: .text, isRequired: true,
      meaning: "A model, in any case, or an endpoint, whose model decides what it takes."),
    MemberRule(
      name: "prompt", kind: .prompt,
      meaning:
        "What to draw, in any language, at most 1 MB; needed unless the picture is split into layers."
    ),
    image, size, sequence, sequenceOptions, format,
    MemberRule(
      name: "output_format", kind: .words(["jpeg", "png"]),
      meaning:
        "For models that offer the choice; else the model's own: png for Seedream 5.5 and whatever is "
        + "transparent, jpeg for the others."),
    MemberRule(
      name: "stream", kind: .flag, meaning: "Whether the pictures come one by one.",
      standard: .boolean(false)),
    watermark,
    MemberRule(
      name: "optimize_prompt_options",
      kind: .object([
        MemberRule(
          name: "mode", kind: .words(PromptOptimization.allCases.map(\.rawValue)),
          meaning: "Better pictures, or sooner.")
      ]), meaning: "How the prompt is rewritten."),
    MemberRule(
      name: "seed", kind: .whole(MemberSupport.anySeed),
      meaning: "For providers that take one; others draw as they like."),
    MemberRule(
      name: "guidance_scale", kind: .number(1...10), meaning: "Seedream 3.0 and SeedEdit only."),
    MemberRule(name: "tools", kind: .tools, meaning: "`web_search`, for Seedream 5.0 lite."),
    MemberRule(
      name: "background", kind: .words(Background.allCases.map(\.rawValue)),
      meaning:
        "What is behind the subject. Seedream 5.5 takes every value, from words alone too; 5.0 pro and "
        + "flash are `transparent` only for exactly one reference, a PNG that is transparent in parts. "
        + "Not with `output_format: jpeg`, nor beside `layer_decomposition`."),
    MemberRule(
      name: "layer_decomposition", kind: .flag,
      meaning:
        "Splits the one reference into layers: up to 99 with Seedream 5.5, 16 with 5.0 pro and flash. "
        + "`<bbox>left top right bottom</bbox>` in the prompt, on a grid of 0 to 1000, points at what to "
        + "separate."),
  ]

  static let openAI: [MemberRule] = [
    MemberRule(
      name: "n", kind: .whole(1...15),
      meaning:
        "How many pictures at most. A model that draws one a request is asked so often where the gateway "
        + "records; else only 1 is taken for it.",
      standard: .number(1))
  ]

  static let edit: [MemberRule] = [
    prompt, image, format, size, watermark, sequence,
    MemberRule(
      name: "stream", kind: .flag, meaning: "Taken and passed over: the reply is one JSON."),
    MemberRule(
      name: "num_images", kind: .whole(1...15),
      meaning: "How many pictures at most; above one the set is asked for by itself.",
      standard: .number(1)),
  ]

  static let results: [MemberRule] = [
    MemberRule(
      name: "job_set_id", kind: .text, isRequired: true, meaning: "The id of a job.")
  ]
}
