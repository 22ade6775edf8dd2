/// The two ways to ask for a size: a keyword whose shape the model picks, or exact pixels.
public enum SizeChoice: Equatable, Hashable, Sendable {
  /// `1K`, `1.5K`, `2K`, `3K`, `4K`, upper-case K; `adaptive`, and `auto` for a split into layers.
  case keyword(String)
  /// Exact pixels; the wire's spelling is `2048x1024`.
  case pixels(width: Int, height: Int)
}

extension SizeChoice: LosslessStringConvertible {
  /// Reads `2K`, `2k`, `2048x1024` and, as one vendor page prints it, `2048×1024`.
  public init?(_ text: String) {
    let sides = text.split(omittingEmptySubsequences: false) { "xX×".contains($0) }
    if sides.count == 2, let width = Int(sides[0]), let height = Int(sides[1]), width > 0,
      height > 0
    {
      self = .pixels(width: width, height: height)
      return
    }
    let keyword = text.uppercased()
    if keyword == "ADAPTIVE" || keyword == "AUTO" {
      self = .keyword(keyword.lowercased())
    } else if keyword.hasSuffix("K"), keyword.count > 1, keyword.count < 8,
      keyword.dropLast().allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." })
    {
      self = .keyword(keyword)
    } else {
      return nil
    }
  }

  /// The spelling of the wire.
  public var description: String {
    switch self {
    case .keyword(let word): word
    case .pixels(let width, let height): "\(width)x\(height)"
    }
  }
}

extension SizeChoice: Codable {
  /// Reads the spelling of the wire.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let size = SizeChoice(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a size"))
    }
    self = size
  }

  /// Writes the spelling of the wire.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
