import Seedream

extension ModelSchemas {
  /// What can be asked of a model as the provider offers it; nil for the one behind an endpoint.
  func uses(of model: Model?) -> [Use] {
    var plain = Use(title: "a picture")
    plain["size"] = size(for: model)
    references(of: model, in: &plain)
    count(of: model, in: &plain)
    guard endpoint.refusesUnsupported else { return [plain] }
    taken(by: model, in: &plain)
    plain["prompt"] = Schema.text(matching: "\\S")
    plain["layer_decomposition"] = Self.orNull([.boolean(false)])
    plain.required.append("prompt")
    return grounds(of: model, plain) + split(of: model, plain)
  }

  // MARK: Grounds

  private func grounds(of model: Model?, _ plain: Use) -> [Use] {
    let offered =
      leavesOut(.background) ? [] : model?.members.background.values ?? Background.allCases
    var others = plain
    others["background"] = Self.words(offered.filter { $0 != .transparent })
    others["output_format"] = Self.words(formats(of: model))
    guard offered.contains(.transparent) else { return [others] }
    var transparent = plain
    transparent.title = "a picture without a ground"
    transparent["background"] = Schema([("const", .string(Background.transparent.rawValue))])
    transparent["output_format"] = Self.words(formats(of: model).filter { $0 != .jpeg })
    transparent.required.append("background")
    if model?.members.background == .ofReference { one([.png], in: &transparent) }
    return [others, transparent]
  }

  private func formats(of model: Model?) -> [ImageFormat] {
    if leavesOut(.outputFormat) { return [] }
    guard let model else { return [.jpeg, .png] }
    // JPEG is what they draw anyhow.
    let offered = model.members.outputFormats
    return offered.isEmpty ? [.jpeg] : offered.filter { [.jpeg, .png].contains($0) }
  }

  // MARK: Layers

  private func split(of model: Model?, _ plain: Use) -> [Use] {
    let support = model?.members.layers
    guard !leavesOut(.layers), model == nil || support != nil else { return [] }
    var split = plain
    split.title = "a split into layers"
    split.required = ["layer_decomposition"]
    split.members["prompt"] = nil
    split["layer_decomposition"] = Schema([("const", .boolean(true))])
    split["output_format"] = Self.words(formats(of: model))
    split["background"] = model == nil ? nil : .null
    split["size"] = size(for: model, isSplit: true)
    one(support?.formats ?? [.png, .jpeg, .webp, .bmp, .tiff, .gif], in: &split)
    return [split]
  }

  /// Exactly one reference, of a format as far as its address tells.
  private func one(_ formats: [ImageFormat], in use: inout Use) {
    let picture = Schema.picture(formats)
    use["image"] = .any(of: [
      picture,
      .list(of: picture, atMost: 1).adding([("minItems", .number(1))]),
    ])
    if !use.required.contains("image") { use.required.append("image") }
  }

  // MARK: References, size and number

  private func references(of model: Model?, in use: inout Use) {
    let range = model?.references ?? 0...min(limits.references ?? 14, 14)
    if range.upperBound == 0 {
      use["image"] = .any(of: [.null, .list(of: .anything, atMost: 0)])
    } else {
      let list = Schema.list(of: .picture(), atMost: range.upperBound)
        .adding(range.lowerBound > 0 ? [("minItems", .number(range.lowerBound))] : [])
      use["image"] = .any(of: [.picture(), list] + (range.lowerBound > 0 ? [] : [.null]))
      if range.lowerBound > 0 { use.required.append("image") }
    }
  }

  private func size(for model: Model?, isSplit: Bool = false) -> Schema? {
    guard let model else {
      return isSplit ? .keyword("[0-9.]{1,6}[kK]|adaptive|auto") : nil
    }
    let keywords = model.sizes.keywords.map { keyword in
      keyword.hasSuffix("K")
        ? keyword.dropLast().split(separator: ".").joined(separator: "\\.") + "[kK]" : keyword
    }
    let exact = model.sizes.pixels == nil || isSplit ? [] : [Schema.exactSize]
    return .keyword((keywords + (isSplit ? ["auto"] : []) + exact).joined(separator: "|"))
  }

  private func count(of model: Model?, in use: inout Use) {
    let most = mostPictures(of: model)
    guard most < 15 else { return }
    for name in ["n", "num_images"] where has(name) {
      use[name] = Schema([("maximum", .number(most))])
    }
    let alone = JSONText.object([
      (
        "properties",
        .object([
          ("sequential_image_generation", Self.orNull([.string("disabled")]).json)
        ])
      )
    ])
    if model?.members.sequence == false, endpoint.refusesUnsupported {
      use["sequential_image_generation"] = Self.orNull([.string("disabled")])
    } else if has("sequential_image_generation_options") {
      let bounded = Schema([
        (
          "properties",
          .object([
            (
              "sequential_image_generation_options",
              .object([
                ("properties", .object([("max_images", .object([("maximum", .number(most))]))]))
              ])
            )
          ])
        )
      ])
      use.either = [alone, bounded.json]
    }
  }

  private func mostPictures(of model: Model?) -> Int {
    guard let model else { return min(limits.pictures ?? 15, 15) }
    return model.members.sequence ? model.maximumPictures : 1
  }

  // MARK: Members that the vendor refuses where the model does not take them

  private func taken(by model: Model?, in use: inout Use) {
    if leavesOut(.stream) || model?.members.stream == false {
      use["stream"] = Self.orNull([.boolean(false)])
    }
    let modes =
      leavesOut(.promptOptimization)
      ? [] : model?.members.promptOptimizations ?? PromptOptimization.allCases
    if modes != PromptOptimization.allCases {
      use["optimize_prompt_options"] = Schema([
        ("properties", .object([("mode", Self.words(modes).json)]))
      ])
    }
    if leavesOut(.webSearch) || model?.members.webSearch.contains(site) == false {
      let search = JSONText.object([("const", .string("web_search"))])
      use["tools"] = Schema([
        ("items", .object([("properties", .object([("type", .object([("not", search)]))]))]))
      ])
    }
  }

  // MARK: Words

  private static func orNull(_ values: [JSONText]) -> Schema {
    Schema([("enum", .array(values + [.null]))])
  }

  private static func words<Word: RawRepresentable<String>>(_ words: [Word]) -> Schema {
    orNull(words.map { .string($0.rawValue) })
  }
}

extension Schema {
  /// Width and height in pixels.
  static let exactSize = "[1-9][0-9]{0,5}[xX×][1-9][0-9]{0,5}"

  /// A reference: an address, or a data URI of one of these formats.
  static func picture(_ formats: [ImageFormat] = ImageFormat.allCases) -> Schema {
    let types = formats.map(\.rawValue).joined(separator: "|")
    return .text(matching: "^(https?://.+|data:image/(\(types));base64,[\\s\\S]+)$")
  }

  /// A size of one of the given forms, or none.
  fileprivate static func keyword(_ forms: String) -> Schema {
    Schema([
      ("type", .array([.string("string"), .string("null")])), ("pattern", .string("^(\(forms))$")),
    ])
  }
}
