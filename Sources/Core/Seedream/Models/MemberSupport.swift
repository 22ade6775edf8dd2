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
  /// What is generated where `output_format` is not said and the background is not transparent.
  public var standardFormat: ImageFormat
  /// `optimize_prompt_options.mode`; empty where the member is refused.
  public var promptOptimizations: [PromptOptimization]
  /// `seed` and its range; nil where it is refused or does nothing.
  public var seed: ClosedRange<Int>?
  /// `guidance_scale` and its range; nil where it is refused.
  public var guidanceScale: ClosedRange<Double>?
  /// The sites on which `tools: web_search` is documented.
  public var webSearch: [Site]
  /// `background`.
  public var background: BackgroundSupport
  /// `layer_decomposition`; nil where it is refused.
  public var layers: LayerSupport?

  /// Everything left out is not taken.
  public init(
    sequence: Bool = false, stream: Bool = false, outputFormats: [ImageFormat] = [],
    promptOptimizations: [PromptOptimization] = [], seed: ClosedRange<Int>? = nil,
    guidanceScale: ClosedRange<Double>? = nil, webSearch: [Site] = [],
    background: BackgroundSupport = .none, layers: LayerSupport? = nil,
    standardFormat: ImageFormat = .jpeg
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
    self.standardFormat = standardFormat
  }

  /// The format the picture of a request comes in: the one asked for, else the model's own.
  public func format(of request: GenerationRequest) -> ImageFormat {
    let asked = request.outputFormat.flatMap { outputFormats.contains($0) ? $0 : nil }
    let isTransparent = request.background == .transparent && background != .none
    return asked ?? (isTransparent || request.layers && layers != nil ? .png : standardFormat)
  }

  /// Every integer the wire takes as a seed; −1 means "pick one".
  public static let anySeed = -1...2_147_483_647
}

/// What a model says to `background`.
public enum BackgroundSupport: String, Equatable, Sendable, Codable, CaseIterable {
  /// The member is refused.
  case none
  /// `opaque`, or `transparent` for exactly one reference, a PNG that is transparent in parts.
  ///
  /// Source: Image generation API (doc 1541523) for 5.0 pro and flash, refusals measured live.
  case ofReference = "of_reference"
  /// `auto`, `transparent` and `opaque`, from words alone too.
  ///
  /// Source: for 5.5 the reference of a router that quotes the vendor's schema, and resellers' pages.
  case free

  /// What may be said.
  public var values: [Background] {
    switch self {
    case .none: []
    case .ofReference: [.opaque, .transparent]
    case .free: Background.allCases
    }
  }
}

/// What a model demands of a split into layers, and what comes of it.
public struct LayerSupport: Equatable, Sendable, Codable {
  /// The most layers, the base beside them not counted.
  public var most: Int
  /// What the one reference may be.
  public var formats: [ImageFormat]

  /// A number of layers at most, and the formats that can be split.
  public init(most: Int, formats: [ImageFormat] = [.png, .jpeg]) {
    self.most = most
    self.formats = formats
  }

  /// The pictures of one reply at most: the base and its layers.
  public var mostPictures: Int { most + 1 }
}
