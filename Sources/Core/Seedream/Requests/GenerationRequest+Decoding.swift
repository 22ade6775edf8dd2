extension GenerationRequest {
  /// Reads a request in which everything but the model and the prompt may be missing, so that older
  /// programs and short scripts can write one. The names are those of the properties.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: JSONKey.self)
    func read<Value: Decodable>(_ key: JSONKey, into value: inout Value) throws {
      value = try container.decodeIfPresent(Value.self, forKey: key) ?? value
    }
    func read<Value: Decodable>(_ key: JSONKey, into value: inout Value?) throws {
      value = try container.decodeIfPresent(Value.self, forKey: key)
    }
    self.init(
      model: try container.decode(String.self, forKey: "model"),
      prompt: try container.decode(String.self, forKey: "prompt"))
    try read("family", into: &family)
    try read("references", into: &references)
    try read("size", into: &size)
    try read("count", into: &count)
    try read("watermark", into: &watermark)
    try read("responseFormat", into: &responseFormat)
    try read("outputFormat", into: &outputFormat)
    try read("streaming", into: &streaming)
    try read("seed", into: &seed)
    try read("guidanceScale", into: &guidanceScale)
    try read("promptOptimization", into: &promptOptimization)
    try read("webSearch", into: &webSearch)
    try read("background", into: &background)
    try read("layers", into: &layers)
    try read("layerLimit", into: &layerLimit)
  }
}
