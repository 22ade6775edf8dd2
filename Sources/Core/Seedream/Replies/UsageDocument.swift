/// The spellings of usage: Ark's, and those of services in the manner of OpenAI.
struct UsageDocument: Decodable {
  var usage: Usage

  /// The most that one request generates, a base and 99 layers: a greater number counts something else, and would
  /// take a budget away for good.
  private static let most = 100

  /// What the number of pictures is called.
  private static let images = [
    "generated_images", "generatedImages", "image_count", "imageCount", "images", "num_images",
    "images_generated", "output_images",
  ]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONKey.self)
    let tools = container.object("tool_usage")
    usage = Usage(
      generatedImages: Self.images.lazy.compactMap { container.integer(JSONKey(stringValue: $0)) }
        .first { (0...Self.most).contains($0) },
      outputTokens: container.integer("output_tokens") ?? container.integer("completion_tokens"),
      totalTokens: container.integer("total_tokens"),
      inputImages: container.integer("input_images"),
      webSearches: tools?.integer("web_search"))
  }
}
