/// What pictures of one model cost in one currency on one day.
///
/// The vendor bills pictures that were drawn (`usage.generated_images`), never refused ones.
public struct PriceList: Equatable, Sendable, Codable {
  /// A price for pictures up to a size.
  public struct Step: Equatable, Sendable, Codable {
    /// The largest picture at this price in pixels; nil for any size.
    public var upTo: Int?
    /// Ten-thousandths of the currency's unit per picture.
    public var perPicture: Int

    /// A price, and the pictures it is for.
    public init(upTo: Int? = nil, _ perPicture: Int) {
      self.upTo = upTo
      self.perPicture = perPicture
    }
  }

  /// The currency of every amount in the list.
  public var currency: Money.Currency
  /// The day the list was read, `2026-10-08`. List prices change.
  public var date: String
  /// By size, smallest first; the last has no upper bound.
  public var steps: [Step]
  /// Ten-thousandths of a unit for each reference after the first.
  public var perFurtherReference: Int

  /// Joins a price list.
  public init(
    _ currency: Money.Currency, asOf date: String, _ steps: [Step], perFurtherReference: Int = 0
  ) {
    self.currency = currency
    self.date = date
    self.steps = steps
    self.perFurtherReference = perFurtherReference
  }

  /// The price of pictures of a known size.
  public func cost(pixels: Int, count: Int, references: Int) -> Money {
    cost(drawn: Array(repeating: pixels, count: max(0, count)), references: references)
  }

  /// The price of one request by the pixels of each picture that was drawn; nothing is paid where none
  /// was.
  public func cost(drawn pictures: [Int], references: Int) -> Money {
    guard !pictures.isEmpty else { return Money(0, currency) }
    let further = perFurtherReference * max(0, references - 1)
    return Money(pictures.reduce(further) { $0 + price(pixels: $1) }, currency)
  }

  private func price(pixels: Int) -> Int {
    (steps.first { pixels <= $0.upTo ?? .max } ?? steps.last)?.perPicture ?? 0
  }

  /// Whether the list can be charged by: prices go up by size and the last is for any size.
  public var isComplete: Bool {
    let bounds = steps.map { $0.upTo ?? .max }
    let rises = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
    return rises && bounds.last == .max && perFurtherReference >= 0
      && steps.allSatisfy { (0...1_000_000_000).contains($0.perPicture) }
  }
}
