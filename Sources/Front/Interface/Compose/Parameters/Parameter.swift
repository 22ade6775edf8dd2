import Seedream

/// One row of the parameter form.
enum Parameter: Equatable, Hashable, Sendable, CaseIterable {
  case provider
  case model
  case size
  case count
  case outputFormat
  case streaming
  case watermark
  case promptOptimization
  case webSearch
  case background
  case layers
  case seed
  case guidanceScale
  case responseFormat

  var label: String {
    switch self {
    case .provider: "Provider"
    case .model: "Model"
    case .size: "Size"
    case .count: "Pictures"
    case .outputFormat: "Format"
    case .streaming: "Stream"
    case .watermark: "Watermark"
    case .promptOptimization: "Rewriting"
    case .webSearch: "Web search"
    case .background: "Background"
    case .layers: "Layers"
    case .seed: "Seed"
    case .guidanceScale: "Guidance"
    case .responseFormat: "Delivery"
    }
  }

  /// Whether a value can be typed instead of chosen.
  var isTyped: Bool {
    switch self {
    case .model, .size, .count, .seed, .guidanceScale: true
    default: false
    }
  }

  /// Whether a typed value may begin with this character.
  func begins(with character: Character) -> Bool {
    isTyped && self != .model && (character.isASCII && character.isNumber)
  }

  /// The row a problem belongs to; nil for those of other panes.
  init?(_ field: Problem.Field) {
    switch field {
    case .model: self = .model
    case .size: self = .size
    case .count: self = .count
    case .outputFormat: self = .outputFormat
    case .streaming: self = .streaming
    case .seed: self = .seed
    case .guidanceScale: self = .guidanceScale
    case .promptOptimization: self = .promptOptimization
    case .webSearch: self = .webSearch
    case .responseFormat: self = .responseFormat
    case .background: self = .background
    case .layers: self = .layers
    case .prompt, .references: return nil
    }
  }
}

/// A value of one parameter.
enum ParameterValue: Equatable, Sendable {
  case provider(String)
  case model(String)
  case size(SizeChoice)
  case count(Int)
  case outputFormat(ImageFormat?)
  case streaming(Streaming)
  case watermark(Bool)
  case promptOptimization(PromptOptimization?)
  case webSearch(Bool)
  case background(Background?)
  case layers(Bool)
  /// A split, with money set aside for so many layers.
  case layerLimit(Int)
  case seed(Int?)
  case guidanceScale(Double?)
  case responseFormat(ResponseFormat)
}

/// One entry of the list of values.
struct ParameterChoice: Equatable, Sendable {
  let value: ParameterValue
  let title: String
  /// A word on it, such as the ratio of a size.
  var note = ""
}
