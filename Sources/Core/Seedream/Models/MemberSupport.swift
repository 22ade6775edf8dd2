/// Which optional members of a request a model takes; the service answers 400 to the others.
///
/// Source: capability table of the Seedream 4.0-5.0 tutorial (doc 1824121), refusals measured live.
public struct MemberSupport: Equatable, Sendable, Codable {
  /// `sequential_image_generation`: several pictures from one request.
  public var sequence: Bool
  /// `stream`.
  public var stream: Bool
  /// `output_format`; empty where the member is refused and the picture is always JPEG.
  public var outputFormats: [ImageFormat]
  /// `optimize_prompt_options.mode`; empty where the member is refused.
  public var promptOptimizations: [PromptOptimization]
  /// `seed` and its range; nil where it is refused or does nothing.
  public var seed: ClosedRange<Int>?
  /// `guidance_scale` and its range; nil where it is refused.
  public var guidanceScale: ClosedRange<Double>?
  /// The sites on which `tools: web_search` is documented.
  public var webSearch: [Site]
  /// `background`.
  public var background: Bool
  /// `layer_decomposition`.
  public var layers: Bool

  /// Everything left out is not taken.
  public init(
    sequence: Bool = false, stream: Bool = false, outputFormats: [ImageFormat] = [],
    promptOptimizations: [PromptOptimization] = [], seed: ClosedRange<Int>? = nil,
    guidanceScale: ClosedRange<Double>? = nil, webSearch: [Site] = [],
    background: Bool = false, layers: Bool = false
  ) {
    self.sequence = sequence
    self.stream = stream
    self.outputFormats = outputFormats
    self.promptOptimizations = promptOptimizations
    self.seed = seed
    self.guidanceScale = guidanceScale
    self.webSearch = webSearch
    self.background = background
    self.layers = layers
  }

  /// Every integer the wire takes as a seed; −1 means "pick one".
  public static let anySeed = -1...2_147_483_647
}
