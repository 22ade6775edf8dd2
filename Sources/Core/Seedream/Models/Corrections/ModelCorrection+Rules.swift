// Each part sets what the correction names and finds fault with what then makes no sense.

extension ModelCorrection {
  func setNames(of model: inout Model, _ fault: inout CorrectionFaults) {
    if let name {
      let shown = name.shown(limit: 60)
      if shown.trimmed.isEmpty || shown != name {
        fault(.name, "A name is one line of at most 60 characters.")
      }
      model.name = name
    }
    if let aliases {
      if let wrong = aliases.first(where: { !CorrectionFaults.isName($0) }) {
        fault(.aliases, "A short name is one word, not '\(wrong.shown(limit: 40))'.")
      }
      model.aliases = aliases
    }
    if let volcengineIDs { model.volcengine = spelling(volcengineIDs, &fault) }
    if let byteplusIDs { model.byteplus = spelling(byteplusIDs, &fault) }
    if model.volcengine.id.isEmpty, model.byteplus.id.isEmpty {
      fault(.ids, "\(family.rawValue) needs an id on at least one site.")
    }
    if let lifecycle { model.lifecycle = lifecycle }
    if let lives { model.lives.merge(lives) { $1 } }
  }

  private func spelling(_ ids: [String], _ fault: inout CorrectionFaults) -> Model.Spelling {
    if let wrong = ids.first(where: { !CorrectionFaults.isName($0) }) {
      fault(.ids, "An id is one word, not '\(wrong.shown(limit: 40))'.")
    }
    return Model.Spelling(ids.first ?? "", also: Array(ids.dropFirst()))
  }

  func setSizes(of model: inout Model, _ fault: inout CorrectionFaults) {
    if let longestAspect {
      if !(longestAspect >= 1 && longestAspect <= 1000) {
        fault(.longestAspect, "The longest side over the shortest is at least 1.")
      }
      model.sizes.longestAspect = longestAspect
    }
    if leastPixels != nil || mostPixels != nil {
      let least = leastPixels ?? model.sizes.pixels?.lowerBound
      let most = mostPixels ?? model.sizes.pixels?.upperBound
      if let least, let most, least > 0, least <= most {
        model.sizes.pixels = least...most
      } else {
        fault(.pixels, "Exact sizes need a fewest and a most of pixels, in this order.")
      }
    }
    if let tiers { setTiers(tiers, of: &model, &fault) }
    for tier in model.sizes.tiers {
      if let entry = tier.entries.first(where: { !model.sizes.allowsInTable($0.size) }) {
        fault(.tiers, "\(tier.keyword) names \(entry.size), which is out of bounds.")
      }
    }
    if model.sizes.tiers.isEmpty, model.sizes.pixels == nil {
      fault(.tiers, "\(family.rawValue) offers no size: name keywords, or pixels.")
    }
    if let standardSize {
      model.sizes.standard = standardSize
    } else if !model.sizes.allows(model.sizes.standard), let first = model.sizes.tiers.first {
      model.sizes.standard = .keyword(first.keyword)
    }
    if !model.sizes.allows(model.sizes.standard) {
      fault(.standardSize, "The standard size \(model.sizes.standard) is not offered.")
    }
  }

  private func setTiers(
    _ tiers: [SizeTier], of model: inout Model, _ fault: inout CorrectionFaults
  ) {
    let known = model.sizes
    model.sizes.tiers = []
    for tier in tiers {
      let shown = tier.keyword.shown(limit: 20)
      guard case .keyword(let keyword)? = SizeChoice(tier.keyword) else {
        fault(.tiers, "A keyword is a number and K, such as 2K, not '\(shown)'.")
        continue
      }
      if model.sizes.tier(keyword) != nil { fault(.tiers, "\(shown) is named twice.") }
      let entries = tier.entries.isEmpty ? known.tier(keyword)?.entries ?? [] : tier.entries
      model.sizes.tiers.append(SizeTier(keyword, entries))
    }
  }

  func setLimits(of model: inout Model, _ fault: inout CorrectionFaults) {
    let least = leastReferences ?? min(model.references.lowerBound, mostReferences ?? .max)
    let most = mostReferences ?? max(model.references.upperBound, least)
    if least >= 0, least <= most, most <= 100 {
      model.references = least...most
    } else {
      fault(.references, "References go from a fewest to a most, at most 100.")
    }
    if let sequence { model.members.sequence = sequence }
    if let maximumPictures { model.maximumPictures = maximumPictures }
    if let maximumTogether { model.maximumTogether = maximumTogether }
    if !(1...100).contains(model.maximumPictures) || model.maximumTogether.map({ $0 < 1 }) == true {
      fault(.pictures, "A request draws from 1 to 100 pictures.")
    } else if model.maximumPictures > 1, !model.members.sequence {
      fault(.pictures, "\(family.rawValue) draws several pictures only if it draws sets.")
    }
    if let picturesPerMinute {
      if picturesPerMinute < 1 { fault(.picturesPerMinute, "At least one picture a minute.") }
      model.picturesPerMinute = picturesPerMinute
    }
  }

  func setMembers(of model: inout Model, _ fault: inout CorrectionFaults) {
    if let stream { model.members.stream = stream }
    if let outputFormats {
      if let wrong = outputFormats.first(where: { $0 != .png && $0 != .jpeg }) {
        fault(.outputFormats, "The wire knows png and jpeg, not \(wrong.rawValue).")
      }
      model.members.outputFormats = outputFormats
    }
    if let promptOptimizations { model.members.promptOptimizations = promptOptimizations }
    if let seed { model.members.seed = seed ? MemberSupport.anySeed : nil }
    if let guidanceScale { model.members.guidanceScale = guidanceScale ? 1...10 : nil }
    if let webSearch { model.members.webSearch = webSearch }
    if let background { model.members.background = background }
    if let standardFormat { model.members.standardFormat = standardFormat }
    setLayers(of: &model, &fault)
  }

  private func setLayers(of model: inout Model, _ fault: inout CorrectionFaults) {
    if let layers {
      if !(0...999).contains(layers) {
        fault(.layers, "A picture is split into at most 999 layers.")
      }
      let known = model.members.layers ?? LayerSupport(most: layers)
      model.members.layers = layers > 0 ? LayerSupport(most: layers, formats: known.formats) : nil
    }
    if let layerFormats { model.members.layers?.formats = layerFormats }
  }

  func setPrices(of model: inout Model, _ fault: inout CorrectionFaults) {
    for list in prices ?? [] {
      if !list.isComplete || list.date.isEmpty {
        fault(
          .prices,
          "Prices in \(list.currency.rawValue) need a date and go up by size, the last for any size."
        )
      }
      model.prices.removeAll { $0.currency == list.currency }
      model.prices.append(list)
    }
  }
}

extension SizeRules {
  /// Whether a size may stand in a table; where exact sizes are not taken, any number of pixels.
  fileprivate func allowsInTable(_ size: PixelSize) -> Bool {
    size.width > 0 && size.height > 0 && allowsAspect(size)
      && pixels?.contains(size.pixelCount) ?? true
  }
}
