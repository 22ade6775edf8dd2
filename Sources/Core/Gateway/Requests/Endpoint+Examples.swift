import Seedream

extension Endpoint {
  /// A body that is served, and what it is for.
  struct Example {
    /// A word, for programs.
    var name: String
    /// For people.
    var words: String
    var body: JSONText
  }

  /// Small pictures by a model that has them: examples are tried.
  var examples: [Example] {
    switch self {
    case .unified, .ark, .openAI, .edit:
      [
        Example(
          name: "picture", words: "One picture.", body: body("a red lantern in fog", [])),
        Example(
          name: "set", words: "Pictures that belong together, two at most.",
          body: body("one courtyard in spring and in autumn", pair)),
        Example(
          name: "references", words: "One picture after two others.",
          body: body(
            "the cat of image 1 on the chair of image 2",
            [("image", .array(["cat", "chair"].map { .string("https://example.com/\($0).png") }))]
          )),
      ]
    case .results:
      [
        Example(
          name: "job", words: "A job.",
          body: .object([("job_set_id", .string("job-abc123xyz"))]))
      ]
    case .models, .arkModels, .files, .description, .docs, .health, .metrics: []
    }
  }

  private var pair: [(String, JSONText)] {
    switch self {
    case .openAI: [("n", .number(2))]
    case .edit: [("num_images", .number(2))]
    default:
      [
        ("sequential_image_generation", .string("auto")),
        (
          "sequential_image_generation_options", .object([("max_images", .number(2))])
        ),
      ]
    }
  }

  private func body(_ prompt: String, _ more: [(String, JSONText)]) -> JSONText {
    let model = self == .edit ? [] : [("model", JSONText.string("seedream-4-0-250828"))]
    return .object(
      model + [("prompt", .string(prompt)), ("size", .string("1K"))] + more)
  }
}
