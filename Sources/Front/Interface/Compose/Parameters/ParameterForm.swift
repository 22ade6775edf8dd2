import Seedream

/// The parameters of the next request. What the model does not take is neither shown nor sent.
struct ParameterForm: Equatable, Sendable {
  let providers: [ProviderItem]
  let catalogue: ModelCatalogue
  private(set) var provider: String { didSet { offer() } }
  /// Everything but the prompt and the references.
  private(set) var request: GenerationRequest {
    didSet {
      let isSame =
        request.model == oldValue.model && request.family == oldValue.family
        && request.layers == oldValue.layers
      if !isSame { offer() }
    }
  }
  /// Nil for an endpoint id and for names unknown: everything is offered then.
  private(set) var model: Model?
  /// What the model takes: known before a frame asks, as every frame does.
  private(set) var fields: [Parameter] = []
  private(set) var selected = Parameter.model
  var window = ListWindow()
  /// The input of a value, while one is typed.
  var line: LineInput?
  /// What the checks say, by row.
  var problems: [Parameter: Problem] = [:]

  init(
    providers: [ProviderItem], provider: String, catalogue: ModelCatalogue,
    request: GenerationRequest
  ) {
    self.providers = providers
    self.catalogue = catalogue
    self.provider = provider
    self.request = request
    offer()
    adaptSize()
  }

  private mutating func offer() {
    var request = request
    if request.family == nil, ModelCatalogue.isEndpoint(request.model) {
      request.family = providerItem?.family
    }
    let named = catalogue.model(of: request)
    model = providerItem.map { item in named?.limited(by: item.limits) } ?? named
    fields = Parameter.allCases.filter { field in model.map { isTaken(field, by: $0) } ?? true }
  }

  var modelName: String { model?.name ?? request.model }
  var providerItem: ProviderItem? { providers.first { $0.name == provider } }

  var selectedRow: Int { fields.firstIndex(of: selected) ?? 0 }

  /// The request without what the model does not take.
  var outgoing: GenerationRequest {
    guard let model else { return request }
    let plain = GenerationRequest(model: request.model, prompt: "")
    var request = request
    for field in Parameter.allCases where !isTaken(field, by: model) {
      switch field {
      case .count: request.count = plain.count
      case .outputFormat: request.outputFormat = plain.outputFormat
      case .streaming: request.streaming = plain.streaming
      case .promptOptimization: request.promptOptimization = plain.promptOptimization
      case .webSearch: request.webSearch = plain.webSearch
      case .background: request.background = plain.background
      case .layers: (request.layers, request.layerLimit) = (plain.layers, plain.layerLimit)
      case .seed: request.seed = plain.seed
      case .guidanceScale: request.guidanceScale = plain.guidanceScale
      case .provider, .model, .size, .watermark, .responseFormat: break
      }
    }
    return request
  }

  /// The most the next request can cost; nil where the provider's prices are not known. Nothing of it
  /// depends on the prompt.
  func highestCost(references: Int) -> Money? {
    providerItem?.pricing.highestCost(of: outgoing, for: model, references: references)
  }

  /// The most another request costs at its own provider; nil where that is not known.
  func highestCost(of draft: Draft) -> Money? {
    guard let item = providers.first(where: { $0.name == draft.provider }) else { return nil }
    var request = draft.request
    if request.family == nil, ModelCatalogue.isEndpoint(request.model) {
      request.family = item.family
    }
    return item.pricing.highestCost(
      of: request, for: catalogue.model(of: request)?.limited(by: item.limits),
      references: request.references.count)
  }

  mutating func fit(rows: Int) {
    window.fit(rows: rows, count: fields.count)
    window.reveal(selectedRow)
  }

  mutating func select(row: Int) {
    guard fields.indices.contains(row) else { return }
    selected = fields[row]
    window.reveal(row)
  }

  /// The neighbour of the value in the list of all values; it does not go around the end.
  mutating func change(by offset: Int) {
    let items = choices(for: selected)
    guard !items.isEmpty else { return }
    guard let index = items.firstIndex(where: { $0.value == value(of: selected) }) else {
      set(items[0].value)
      return
    }
    let isSwitch = items.count == 2
    let goal = isSwitch ? 1 - index : min(max(0, index + offset), items.count - 1)
    set(items[goal].value)
  }

  mutating func openInput(_ text: String = "") {
    line = LineInput(label: "\(selected.label):", text: text)
  }

  /// Takes what is typed, or says in place why not.
  mutating func acceptInput() {
    guard let line else { return }
    switch parse(line.editor.text.trimmed, as: selected) {
    case .value(let value):
      set(value)
      self.line = nil
    case .refused(let message): self.line?.message = message
    }
  }

  /// What is chosen.
  var values: Draft { Draft(provider: provider, request: request) }

  mutating func restore(_ draft: Draft) {
    if providers.contains(where: { $0.name == draft.provider }) { provider = draft.provider }
    request = draft.request
    request.prompt = ""
    request.references = []
    select(row: selectedRow)
  }

  /// Puts back everything but the provider and the model.
  mutating func restoreValues(_ kept: GenerationRequest) {
    let now = request
    request = kept
    request.model = now.model
    request.family = now.family
    request.prompt = ""
    request.references = []
    adaptSize()
    select(row: selectedRow)
  }

  mutating func set(_ value: ParameterValue) {
    switch value {
    case .provider(let name): provider = name
    case .model(let name):
      request.model = name
      adaptSize()
    case .size(let size): request.size = size
    case .count(let count): request.count = count
    case .outputFormat(let format): request.outputFormat = format
    case .streaming(let streaming): request.streaming = streaming
    case .watermark(let isOn): request.watermark = isOn
    case .promptOptimization(let mode): request.promptOptimization = mode
    case .webSearch(let isOn): request.webSearch = isOn
    case .background(let background): request.background = background
    case .layers(let isOn):
      request.layers = isOn
      if isOn { request.background = nil }
      request.layerLimit = nil
      request.size = isOn ? .keyword("auto") : model?.sizes.standard ?? request.size
    case .layerLimit(let most):
      set(.layers(true))
      request.layerLimit = most
    case .seed(let seed): request.seed = seed
    case .guidanceScale(let scale): request.guidanceScale = scale
    case .responseFormat(let format): request.responseFormat = format
    }
  }

  /// A size that another model does not offer gives way to that model's own choice.
  private mutating func adaptSize() {
    guard let sizes = model?.sizes else { return }
    if request.layers, model?.members.layers != nil { return }
    if !sizes.allows(request.size) { request.size = sizes.standard }
  }

  private func isTaken(_ field: Parameter, by model: Model) -> Bool {
    switch field {
    case .provider, .model, .size, .watermark, .responseFormat: true
    case .count: !request.layers || model.members.layers == nil
    case .outputFormat: !model.members.outputFormats.isEmpty
    case .streaming: model.members.stream
    case .promptOptimization: !model.members.promptOptimizations.isEmpty
    case .webSearch: !model.members.webSearch.isEmpty
    case .background: model.members.background != .none
    case .layers: model.members.layers != nil
    case .seed: model.members.seed != nil
    case .guidanceScale: model.members.guidanceScale != nil
    }
  }
}
