import Gallery
package import Jobs

/// Sums of what stands side by side and is never converted: money by currency, and pictures.
package struct Balances: Codable, Equatable, Sendable {
  /// Millionths of each currency by its ISO 4217 name, and whole pictures.
  package private(set) var units: [String: Int64] = [:]

  /// Pictures, whatever they cost.
  package static let pictures = "pictures"
  /// Pictures whose price is not known; they are among `pictures` too.
  package static let unpriced = "unpriced"

  package init() {}

  /// A number of pictures and what they cost together; nil where that is not known.
  package init(pictures: Int, _ price: Price?) {
    guard pictures > 0 else { return }
    units[Self.pictures] = Int64(pictures)
    if let price {
      units[price.currency] = max(0, price.millionths)
    } else {
      units[Self.unpriced] = Int64(pictures)
    }
  }

  package subscript(unit: String) -> Int64 { units[unit] ?? 0 }

  /// The currencies in it, in order.
  package var currencies: [String] {
    units.keys.filter { $0 != Self.pictures && $0 != Self.unpriced }.sorted()
  }

  package var isEmpty: Bool { units.values.allSatisfy { $0 == 0 } }

  /// The price where it is in one currency.
  package var price: Price? {
    guard self[Self.unpriced] == 0, currencies.count == 1, let currency = currencies.first else {
      return nil
    }
    return Price(currency: currency, millionths: self[currency])
  }

  package static func += (sum: inout Balances, other: Balances) {
    sum.units.merge(other.units) { $0.saturatingSum($1) }
  }

  package static func + (one: Balances, other: Balances) -> Balances {
    var sum = one
    sum += other
    return sum
  }

  /// What is left when a part of it is taken away, never below nothing.
  func without(_ part: Balances) -> Balances {
    var rest = self
    for (unit, value) in units { rest.units[unit] = max(0, value - min(value, part[unit])) }
    return rest
  }

  /// The same for fewer or more pictures, rounded up.
  ///
  /// - Parameter once: The part of it that is paid once, however many they are.
  func scaled(toPictures count: Int, once: Price? = nil) -> Balances {
    let pictures = self[Self.pictures]
    guard count > 0, pictures > 0 else { return Balances() }
    var scaled = Balances()
    for (unit, value) in units {
      let fixed = once.map { $0.currency == unit ? min(max(0, $0.millionths), value) : 0 } ?? 0
      let (product, overflow) = (value - fixed).multipliedReportingOverflow(by: Int64(count))
      let grown = product == 0 ? 0 : (product - 1) / pictures + 1
      scaled.units[unit] = overflow ? .max : grown.saturatingSum(fixed)
    }
    return scaled
  }

  // MARK: For people

  /// `$2.40`, `60 pictures`: an amount of one unit.
  package static func shown(_ value: Int64, _ unit: String) -> String {
    switch unit {
    case pictures: value == 1 ? "1 picture" : "\(value) pictures"
    case unpriced: "\(value) of unknown price"
    default: Price(currency: unit, millionths: value).shown
    }
  }

  /// The money in it, `$2.40 + ¥0.25`; empty where there is none.
  package var shownMoney: String {
    var parts = currencies.filter { self[$0] > 0 }.map { Self.shown(self[$0], $0) }
    if self[Self.unpriced] > 0 { parts.append(Self.shown(self[Self.unpriced], Self.unpriced)) }
    return parts.joined(separator: " + ")
  }
}

extension Int64 {
  fileprivate func saturatingSum(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
