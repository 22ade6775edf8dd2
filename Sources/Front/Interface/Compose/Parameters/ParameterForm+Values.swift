import Seedream

extension ParameterForm {
  func value(of field: Parameter) -> ParameterValue {
    switch field {
    case .provider: .provider(provider)
    case .model: .model(model?.family.rawValue ?? request.model)
    case .size: .size(request.size)
    case .count: .count(request.count)
    case .outputFormat: .outputFormat(request.outputFormat)
    case .streaming: .streaming(request.streaming)
    case .watermark: .watermark(request.watermark)
    case .promptOptimization: .promptOptimization(request.promptOptimization)
    case .webSearch: .webSearch(request.webSearch)
    case .background: .background(request.background)
    case .layers:
      request.layers
        ? request.layerLimit.map { .layerLimit($0) } ?? .layers(true) : .layers(false)
    case .seed: .seed(request.seed)
    case .guidanceScale: .guidanceScale(request.guidanceScale)
    case .responseFormat: .responseFormat(request.responseFormat)
    }
  }

  /// The value as the row shows it.
  func shownValue(of field: Parameter) -> String {
    let current = value(of: field)
    switch current {
    case .size(let size): return size.description
    case .count(let count): return String(count)
    case .seed(let seed?): return String(seed)
    case .guidanceScale(let scale?): return String(scale)
    case .model: return modelName
    case .outputFormat(nil):
      return model.map { "\($0.members.format(of: unformatted).rawValue) (model's choice)" }
        ?? "model's choice"
    default: return choices(for: field).first { $0.value == current }?.title ?? "–"
    }
  }

  /// All values that can be chosen, in the order of the arrow keys.
  func choices(for field: Parameter) -> [ParameterChoice] {
    switch field {
    case .provider:
      providers.map {
        ParameterChoice(
          value: .provider($0.name), title: $0.name,
          note: $0.isSandbox ? "drawn locally" : $0.hasKey ? "" : "no key")
      }
    case .model:
      catalogue.models.map {
        ParameterChoice(
          value: .model($0.family.rawValue), title: $0.name,
          note: lifeNote(of: $0))
      }
    case .size: sizeChoices
    case .count:
      (1...max(1, model?.mostAtOnce ?? 15)).map {
        ParameterChoice(value: .count($0), title: String($0))
      }
    case .outputFormat:
      [
        ParameterChoice(
          value: .outputFormat(nil), title: "model's choice",
          note: model?.members.format(of: unformatted).rawValue ?? "")
      ]
        + (model?.members.outputFormats ?? [.jpeg, .png]).map {
          ParameterChoice(value: .outputFormat($0), title: $0.rawValue)
        }
    case .streaming:
      Streaming.allCases.map { ParameterChoice(value: .streaming($0), title: $0.rawValue) }
    case .watermark: onOff { .watermark($0) }
    case .promptOptimization:
      [ParameterChoice(value: .promptOptimization(nil), title: "model's choice")]
        + (model?.members.promptOptimizations ?? PromptOptimization.allCases).map {
          ParameterChoice(value: .promptOptimization($0), title: $0.rawValue)
        }
    case .webSearch: onOff { .webSearch($0) }
    case .background:
      [ParameterChoice(value: .background(nil), title: "model's choice")]
        + (model?.members.background.values ?? Background.allCases).map {
          ParameterChoice(value: .background($0), title: $0.rawValue, note: note(on: $0))
        }
    case .layers:
      [
        ParameterChoice(value: .layers(false), title: "off"),
        ParameterChoice(value: .layers(true), title: "split", note: noteOnLayers),
      ] + layerLimits
    case .seed: [ParameterChoice(value: .seed(nil), title: "random")]
    case .guidanceScale:
      [ParameterChoice(value: .guidanceScale(nil), title: "model's choice")]
        + (1...10).map { ParameterChoice(value: .guidanceScale(Double($0)), title: "\($0)") }
    case .responseFormat:
      [
        ParameterChoice(value: .responseFormat(.url), title: "link", note: "fetched by Darkroom"),
        ParameterChoice(value: .responseFormat(.base64), title: "inline", note: "b64_json"),
      ]
    }
  }

  /// The outcome of typing a value.
  enum Parsed: Equatable, Sendable {
    case value(ParameterValue)
    case refused(String)
  }

  /// Reads a typed value. Whether the model takes it is for the checks to say.
  func parse(_ text: String, as field: Parameter) -> Parsed {
    switch field {
    case .size:
      guard let size = SizeChoice(text) else {
        return .refused("Not a size. Write 2K, or pixels such as 2048x1024.")
      }
      return .value(.size(size))
    case .count:
      guard let count = Int(text), count > 0 else { return .refused("Write a number from 1 up.") }
      return .value(.count(count))
    case .seed:
      if text.isEmpty { return .value(.seed(nil)) }
      guard let seed = Int(text) else { return .refused("Write a whole number, or nothing.") }
      return .value(.seed(seed))
    case .guidanceScale:
      if text.isEmpty { return .value(.guidanceScale(nil)) }
      guard let scale = Double(text), scale.isFinite else {
        return .refused("Write a number such as 2.5, or nothing.")
      }
      return .value(.guidanceScale(scale))
    case .model:
      guard !text.isEmpty else { return .refused("Write a model id, or an ep-… endpoint id.") }
      return .value(.model(catalogue.model(named: text)?.family.rawValue ?? text))
    default:
      return .refused("This value is chosen from a list.")
    }
  }

  private var sizeChoices: [ParameterChoice] {
    let tiers = model?.sizes.tiers ?? catalogue.models.first?.sizes.tiers ?? []
    let keywords = tiers.map {
      ParameterChoice(value: .size(.keyword($0.keyword)), title: $0.keyword, note: "any shape")
    }
    // A split takes no exact size.
    if request.layers {
      return [ParameterChoice(value: .size(.keyword("auto")), title: "auto")] + keywords
    }
    let exact = tiers.flatMap(\.entries).map {
      ParameterChoice(
        value: .size(.pixels(width: $0.size.width, height: $0.size.height)),
        title: $0.size.description, note: $0.ratio)
    }
    return keywords + exact
  }

  private func lifeNote(of model: Model) -> String {
    if let notice = providerItem?.notices[model.family.rawValue] {
      return switch (notice.isReported, notice.isOver) {
      case (false, true): "ended here"
      case (false, false): "ends here"
      case (true, true): "reported ended"
      case (true, false): "reported to end"
      }
    }
    if providerItem?.limits.families?.contains(model.family) == false { return "not named here" }
    return switch model.lifecycle {
    case .current: ""
    case .retiring: "being retired"
    case .shutDown: "shut down"
    }
  }

  /// The request where nobody asks for a format.
  private var unformatted: GenerationRequest {
    var request = request
    request.outputFormat = nil
    return request
  }

  private func note(on background: Background) -> String {
    guard let model, background == .transparent else { return "" }
    return model.members.background == .free ? "PNG" : "of one PNG that is transparent in parts"
  }

  /// Splits for which less is set aside than the most there may be.
  private var layerLimits: [ParameterChoice] {
    let most = model?.members.layers?.most ?? 99
    return [4, 8, 16, 32].filter { $0 < most }.map {
      ParameterChoice(
        value: .layerLimit($0), title: "split, money for \($0)",
        note: "set aside; more may come and are paid")
    }
  }

  private var noteOnLayers: String {
    let most = model?.members.layers.map { "up to \($0.most) layers of " } ?? ""
    return most
      + "the one reference; <bbox>left top right bottom</bbox> in the prompt points, 0–1000"
  }

  private func onOff(_ value: (Bool) -> ParameterValue) -> [ParameterChoice] {
    [
      ParameterChoice(value: value(false), title: "off"),
      ParameterChoice(value: value(true), title: "on"),
    ]
  }
}
