/// Something in a request that the model or the wire would refuse, found before it is sent.
public struct Problem: Equatable, Sendable, Codable {
  /// The member of the request that is meant; the raw value is its name on the wire.
  public enum Field: String, Equatable, Sendable, Codable {
    case model
    case prompt
    case references = "image"
    case size
    case count = "n"
    case outputFormat = "output_format"
    case streaming = "stream"
    case seed
    case guidanceScale = "guidance_scale"
    case promptOptimization = "optimize_prompt_options"
    case webSearch = "tools"
    case background
    case layers = "layer_decomposition"
    case responseFormat = "response_format"
  }

  /// Whether the request can be sent all the same.
  public enum Severity: String, Equatable, Sendable, Codable {
    /// The provider would refuse the request: do not send it.
    case blocking
    /// It can be sent; something the user set is left out, or may not help.
    case advice
  }

  /// What the message is about.
  public var field: Field
  /// One sentence for a user: what is wrong and what the rule is.
  public var message: String
  /// The nearest values that would be taken, best first, as they would be typed.
  public var suggestions: [String]
  /// Which of the references is meant, counted from zero.
  public var referenceIndex: Int?
  /// Whether it keeps the request from being sent.
  public var severity: Severity

  /// Describes a problem.
  public init(
    _ field: Field, _ message: String, suggestions: [String] = [], referenceIndex: Int? = nil,
    severity: Severity = .blocking
  ) {
    self.field = field
    self.message = message
    self.suggestions = suggestions
    self.referenceIndex = referenceIndex
    self.severity = severity
  }
}
