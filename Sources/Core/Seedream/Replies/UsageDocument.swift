/// The spellings of usage: Ark's, and those of services in the manner of OpenAI.
struct UsageDocument: Decodable {
  var usage: Usage

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONKey.self)
    let tools = container.object("tool_usage")
    usage = Usage(
      generatedImages: container.integer("generated_images"),
      outputTokens: container.integer("output_tokens") ?? container.integer("completion_tokens"),
      totalTokens: container.integer("total_tokens"),
      inputImages: container.integer("input_images"),
      webSearches: tools?.integer("web_search"))
  }
}
