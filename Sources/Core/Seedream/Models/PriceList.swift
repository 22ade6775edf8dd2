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
  /// Who says so, where it is not the vendor's own list.
  public var source: String?
  /// By size, smallest first; the last has no upper bound.
  public var steps: [Step]
  /// Ten-thousandths of a unit for each reference after the first.
  public var perFurtherReference: Int
  /// Ten-thousandths of a unit for each reference, the first too; nil for none.
  public var perReference: Int?
  /// Ten-thousandths of a unit for a picture whose size was asked for in pixels, whatever they are; nil
  /// where such a picture costs what others of its size do.
  public var perExactPicture: Int?
  /// The price of each picture of a split into layers, the base among them, as `steps`; nil where it is not
  /// known.
  public var perLayer: [Step]?

  /// Joins a price list.
  public init(
    _ currency: Money.Currency, asOf date: String, _ steps: [Step], perFurtherReference: Int = 0,
    perReference: Int? = nil, perExactPicture: Int? = nil, perLayer: [Step]? = nil,
    source: String? = nil
  ) {
    self.currency = currency
    self.date = date
    self.steps = steps
    self.perFurtherReference = perFurtherReference
    self.perReference = perReference
    self.perExactPicture = perExactPicture
    self.perLayer = perLayer
    self.source = source
  }

  /// Whether nothing of it is ever paid.
  public var isFree: Bool {
    let amounts = steps.map(\.perPicture) + (perLayer ?? []).map(\.perPicture)
    return (amounts + [perFurtherReference, perReference ?? 0, perExactPicture ?? 0])
      .allSatisfy { $0 == 0 }
  }

  /// What is drawn at a price of its own.
  public enum Kind: Equatable, Sendable {
    /// By a keyword, or by a size of which nothing is known.
    case picture
    /// Of a size that was asked for in pixels.
    case exactPicture
    /// The base or a layer of a split.
    case layer
  }

  /// The price of one request by the pixels of each picture that was drawn; nothing is paid where none
  /// was. Nil where pictures of this kind have no known price.
  ///
  /// - Parameters:
  ///   - further: How many more were drawn, of which nothing is known; each counts as the dearest.
  ///   - references: As many as are billed.
  public func cost(
    drawn pictures: [Int], further: Int = 0, as kind: Kind = .picture, references: Int
  ) -> Money? {
    guard kind != .layer || perLayer != nil else { return nil }
    guard !pictures.isEmpty || further > 0 else { return Money(0, currency) }
    // What a reply says of itself may be any number.
    let unknown = Self.product(price(pixels: .max, kind), further)
    let amount = pictures.reduce(Self.sum(cost(ofReferences: references), unknown)) {
      Self.sum($0, price(pixels: $1, kind))
    }
    return Money(amount, currency)
  }

  /// Ten-thousandths of a unit for the references of a request, whatever comes of it.
  public func cost(ofReferences count: Int) -> Int {
    Self.sum(
      Self.product(perFurtherReference, max(0, count - 1)),
      Self.product(perReference ?? 0, max(0, count)))
  }

  /// No request costs more than this, in ten-thousandths of a unit; sums of many stay numbers.
  private static let highest = 1_000_000_000_000

  private static func product(_ amount: Int, _ count: Int) -> Int {
    let (product, overflow) = amount.multipliedReportingOverflow(by: max(0, count))
    return overflow ? highest : min(product, highest)
  }

  private static func sum(_ one: Int, _ other: Int) -> Int { min(one + other, highest) }

  private func price(pixels: Int, _ kind: Kind) -> Int {
    if kind == .exactPicture, let perExactPicture { return perExactPicture }
    let steps = kind == .layer ? perLayer ?? [] : steps
    return (steps.first { pixels <= $0.upTo ?? .max } ?? steps.last)?.perPicture ?? 0
  }

  /// Whether the list can be charged by: prices go up by size and the last is for any size.
  public var isComplete: Bool {
    let amounts = 0...1_000_000_000
    return Self.isComplete(steps) && (perLayer.map(Self.isComplete) ?? true)
      && [perFurtherReference, perReference ?? 0, perExactPicture ?? 0]
        .allSatisfy(amounts.contains)
  }

  private static func isComplete(_ steps: [Step]) -> Bool {
    let bounds = steps.map { $0.upTo ?? .max }
    let rises = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
    return rises && bounds.last == .max
      && steps.allSatisfy { (0...1_000_000_000).contains($0.perPicture) }
  }
}
