// For its link to libm, which the standard library's square root and rounding call.
import FoundationEssentials

extension GenerationRequest {
  /// Whether the model offers the size, with the nearest sizes it does offer.
  func sizeProblems(for model: Model?) -> [Problem] {
    switch size {
    case .keyword(let word): keywordProblems(word, for: model)
    case .pixels(let width, let height): pixelProblems(PixelSize(width, height), for: model)
    }
  }

  private func keywordProblems(_ word: String, for model: Model?) -> [Problem] {
    guard let model, model.sizes.tier(word) == nil, !layers || word != "auto" else { return [] }
    let shown = word.shown(limit: 20)
    if model.sizes.tiers.isEmpty {
      return [
        Problem(
          .size, "\(model.name) takes exact sizes only, not \(shown).",
          suggestions: [model.sizes.standard.description])
      ]
    }
    let offered = model.sizes.keywords
    return [
      Problem(
        .size,
        "\(model.name) does not draw at \(shown): it offers \(offered.joined(separator: ", "))"
          + (model.sizes.pixels == nil ? "." : ", or width x height."),
        suggestions: offered)
    ]
  }

  private func pixelProblems(_ asked: PixelSize, for model: Model?) -> [Problem] {
    guard asked.width > 0, asked.height > 0 else {
      return [Problem(.size, "A picture of \(asked) has no pixels.", suggestions: ["2K"])]
    }
    guard let model, !model.sizes.allows(asked) else { return [] }
    let suggestions = model.sizes.nearest(to: asked).map(\.description)
    guard let pixels = model.sizes.pixels else {
      return [
        Problem(
          .size, "\(model.name) takes no exact size.", suggestions: model.sizes.keywords)
      ]
    }
    let rule: String
    if asked.pixelCount < pixels.lowerBound {
      rule = "is too small for \(model.name): at least \(grouped(pixels.lowerBound)) pixels"
    } else if asked.pixelCount > pixels.upperBound {
      rule = "is too large for \(model.name): at most \(grouped(pixels.upperBound)) pixels"
    } else {
      let longest = Int(model.sizes.longestAspect ?? 16)
      rule = "is too long for \(model.name): one side may be \(longest) times the other"
    }
    return [Problem(.size, "\(asked) \(rule).", suggestions: suggestions)]
  }
}

extension SizeRules {
  /// The legal sizes nearest to an illegal one, best first: the same shape just inside the bounds,
  /// then the recommended size of that shape.
  public func nearest(to asked: PixelSize) -> [PixelSize] {
    guard let pixels, asked.width > 0, asked.height > 0 else { return [] }
    var found: [PixelSize] = []
    let shape = legalShape(of: asked)
    let goal = min(max(asked.pixelCount, pixels.lowerBound), pixels.upperBound)
    if let scaled = scale(shape, to: goal, roundingUp: asked.pixelCount <= goal) {
      found.append(scaled)
    }
    let aspect = shape.width / shape.height
    if let entry = tier(reaching: found.first ?? asked)?.entry(nearestAspect: aspect),
      !found.contains(entry.size)
    {
      found.append(entry.size)
    }
    return found.filter(allows)
  }

  /// The shape asked for in lowest terms, or the longest legal one.
  private func legalShape(of asked: PixelSize) -> (width: Double, height: Double) {
    if allowsAspect(asked) {
      let divisor = Double(greatestCommonDivisor(asked.width, asked.height))
      return (Double(asked.width) / divisor, Double(asked.height) / divisor)
    }
    let longest = longestAspect ?? 16
    return asked.width > asked.height ? (longest, 1) : (1, longest)
  }

  /// Multiplies a shape up to a number of pixels: exactly where the shape is simple (16:9 becomes
  /// 2560x1440), else to the nearest pixel.
  private func scale(
    _ shape: (width: Double, height: Double), to pixels: Int, roundingUp: Bool
  ) -> PixelSize? {
    let factor = (Double(pixels) / (shape.width * shape.height)).squareRoot()
    let rule: FloatingPointRoundingRule = roundingUp ? .up : .down
    let whole = factor.rounded(rule)
    let exact = PixelSize(Int(shape.width * whole), Int(shape.height * whole))
    if factor >= 32, allows(exact) { return exact }
    let loose = PixelSize(
      Int((shape.width * factor).rounded(rule)), Int((shape.height * factor).rounded(rule)))
    return allows(loose) ? loose : nil
  }
}

/// Euclid's; both numbers positive.
private func greatestCommonDivisor(_ one: Int, _ other: Int) -> Int {
  var (larger, smaller) = (one, other)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return max(1, larger)
}

/// Digits in groups of three, as in `3 686 400`.
private func grouped(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(number).reversed().enumerated() {
    if index > 0, index.isMultiple(of: 3) { text.append(" ") }
    text.append(digit)
  }
  return String(text.reversed())
}
