/// What a reply says at its end.
public struct Completion: Equatable, Sendable {
  /// The model as the provider spells it back.
  public var model: String?
  /// Unix seconds.
  public var created: Int?
  /// What was used.
  public var usage = Usage()
  /// An error that came together with pictures.
  public var error: APIError?
  /// The tools the model used, `web_search`.
  public var tools: [String] = []
  /// A job to be asked for, see `Dialect.poll`: the reply ends as interrupted, so that a caller who does not
  /// ask takes the outcome for unknown, which it is. Pictures that it names all the same are those so far, and
  /// the next answer names them again. In answer to a question for another job it says nothing of that.
  public var pending: PendingJob?
  /// Whether the provider says by a known status that the job is still drawn: pictures beside it may be previews.
  /// Beside any other word, as many as were asked for are all.
  public var isStillDrawn = false

  /// Says what is given; the rest is unknown.
  public init(
    model: String? = nil, created: Int? = nil, usage: Usage = Usage(), error: APIError? = nil,
    tools: [String] = [], pending: PendingJob? = nil, isStillDrawn: Bool = false
  ) {
    self.isStillDrawn = isStillDrawn
    self.model = model
    self.created = created
    self.usage = usage
    self.error = error
    self.tools = tools
    self.pending = pending
  }
}

/// What the provider counted for a whole request. Providers leave out what they like.
///
/// Coded with the names of Ark's reply, in records, in the journal and for programs.
public struct Usage: Equatable, Sendable, Codable {
  /// Pictures drawn: the unit of the bill.
  public var generatedImages: Int?
  /// Informative only: the pixels of all pictures over 256.
  public var outputTokens: Int?
  /// Informative only.
  public var totalTokens: Int?
  /// References counted by 5.0 pro and flash.
  public var inputImages: Int?
  /// Searches made; zero means the model saw no need.
  public var webSearches: Int?

  /// Everything left out is unknown.
  public init(
    generatedImages: Int? = nil, outputTokens: Int? = nil, totalTokens: Int? = nil,
    inputImages: Int? = nil, webSearches: Int? = nil
  ) {
    self.generatedImages = generatedImages
    self.outputTokens = outputTokens
    self.totalTokens = totalTokens
    self.inputImages = inputImages
    self.webSearches = webSearches
  }

  enum CodingKeys: String, CodingKey {
    case generatedImages = "generated_images"
    case outputTokens = "output_tokens"
    case totalTokens = "total_tokens"
    case inputImages = "input_images"
    case webSearches = "web_searches"
  }
}

extension Usage {
  /// The tokens that pictures of these sizes count for, by the vendor's rule.
  public static func tokens(of sizes: [PixelSize]) -> Int {
    let pixels = sizes.reduce(0) { sum, size in
      let (more, overflow) = sum.addingReportingOverflow(size.pixelCount)
      return overflow ? .max : more
    }
    return pixels / 256 + (pixels % 256 >= 128 ? 1 : 0)
  }
}
