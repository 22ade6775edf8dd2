/// Width and height of a picture in pixels.
public struct PixelSize: Equatable, Hashable, Sendable, Codable {
  /// Pixels across.
  public var width: Int
  /// Pixels down.
  public var height: Int

  /// Takes any two numbers; whether they make a legal picture is the model's to say.
  public init(_ width: Int, _ height: Int) {
    self.width = width
    self.height = height
  }

  /// Width times height; `Int.max` where the product does not fit.
  public var pixelCount: Int {
    let product = width.multipliedReportingOverflow(by: height)
    return product.overflow ? .max : product.partialValue
  }

  /// Width over height; zero for an empty picture.
  public var aspect: Double {
    height > 0 ? Double(width) / Double(height) : 0
  }
}

extension PixelSize: LosslessStringConvertible {
  /// Reads `2048x1024`, also with the sign `×` that one vendor page prints.
  public init?(_ text: String) {
    guard case .pixels(let width, let height) = SizeChoice(text) else { return nil }
    self.init(width, height)
  }

  /// The spelling of the wire, `2048x1024`.
  public var description: String { "\(width)x\(height)" }
}
