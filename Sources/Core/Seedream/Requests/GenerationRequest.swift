/// One request for pictures, in the words of the product; a dialect turns it into the words of a wire.
public struct GenerationRequest: Equatable, Sendable, Codable {
  /// A model id, an alias, or an `ep-…` endpoint id, as the user named it.
  public var model: String
  /// Which model it is, where the name alone does not say: beside an `ep-…` id. Never sent.
  public var family: ModelFamily?
  /// What to generate, in any language; the vendor advises at most 300 Chinese characters or 600 words.
  public var prompt: String
  /// In the order the prompt counts them: "image 1" is the first.
  public var references: [Reference]
  /// A keyword, or width and height in pixels.
  public var size: SizeChoice
  /// How many pictures at most. Above one the model decides how many it draws.
  public var count: Int
  /// Always sent: the wire's own default is `true`.
  public var watermark: Bool
  /// By link or inline.
  public var responseFormat: ResponseFormat
  /// Nil where the model's own choice is good enough: `MemberSupport.format` says what comes then.
  public var outputFormat: ImageFormat?
  /// Whether pictures come one by one.
  public var streaming: Streaming
  /// Does nothing on Seedream 4.x and 5.0; a dialect sends it only where it is taken.
  public var seed: Int?
  /// Seedream 3.0 and SeedEdit only, 1–10.
  public var guidanceScale: Double?
  /// How the provider rewrites the prompt; nil leaves the choice to it.
  public var promptOptimization: PromptOptimization?
  /// Lets Seedream 5.0 lite look things up before it draws.
  public var webSearch: Bool
  /// What is behind the subject; nil leaves the choice to the model. What a model takes of it is in its
  /// `BackgroundSupport`.
  public var background: Background?
  /// Seedream 5.5, 5.0 pro and flash: splits the one reference into layers, a picture each, instead of
  /// drawing a new one. The prompt may be empty and the size `auto`.
  public var layers: Bool
  /// For how many layers money is set aside; nil for as many as the model may split off. Never sent: the
  /// wire has no known word for it, so that more may come and are paid.
  public var layerLimit: Int?

  /// A request for one picture by link, without watermark, unless told otherwise.
  public init(
    model: String, prompt: String, references: [Reference] = [],
    size: SizeChoice = .keyword("2K"), count: Int = 1, watermark: Bool = false,
    responseFormat: ResponseFormat = .url, outputFormat: ImageFormat? = nil,
    streaming: Streaming = .automatic, seed: Int? = nil, guidanceScale: Double? = nil,
    promptOptimization: PromptOptimization? = nil, webSearch: Bool = false,
    background: Background? = nil, layers: Bool = false, family: ModelFamily? = nil,
    layerLimit: Int? = nil
  ) {
    self.model = model
    self.prompt = prompt
    self.references = references
    self.size = size
    self.count = count
    self.watermark = watermark
    self.responseFormat = responseFormat
    self.outputFormat = outputFormat
    self.streaming = streaming
    self.seed = seed
    self.guidanceScale = guidanceScale
    self.promptOptimization = promptOptimization
    self.webSearch = webSearch
    self.background = background
    self.layers = layers
    self.family = family
    self.layerLimit = layerLimit
  }
}
