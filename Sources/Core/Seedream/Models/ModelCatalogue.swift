/// The models that can be asked for, and how people name them.
public struct ModelCatalogue: Equatable, Sendable {
  /// Best known first.
  public var models: [Model] {
    didSet { places = Self.places(of: models) }
  }

  /// Where each model is, by all its names in lower case: a gateway asks for each request.
  private var places: [String: Int]

  /// A catalogue of the given models; names should be unique, the first match wins.
  public init(models: [Model]) {
    self.models = models
    places = Self.places(of: models)
  }

  private static func places(of models: [Model]) -> [String: Int] {
    let pairs = models.enumerated().flatMap { place, model in
      model.names.map { ($0.lowercased(), place) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// The eight families known to this version.
  public static let builtIn = ModelCatalogue(models: [
    .seedream55, .seedream5Pro, .seedream5Flash, .seedream5Lite, .seedream45, .seedream40,
    .seedream30, .seedEdit30,
  ])

  /// Finds a model by id of either site, alias or family, in any case.
  ///
  /// Nil for an endpoint id (`ep-…`), which hides its model, and for names unknown: checks are then
  /// soft. Tell the two apart with `isEndpoint`.
  public func model(named name: String) -> Model? {
    places[name.lowercased()].map { models[$0] }
  }

  /// Finds the model of a request: by its name, else by the family named beside it. Nil where only the
  /// provider knows.
  public func model(of request: GenerationRequest) -> Model? {
    model(named: request.model) ?? request.family.flatMap { model(of: $0) }
  }

  /// The name for people of a request's model; the id where only the provider knows what it stands for.
  public func modelName(of request: GenerationRequest) -> String {
    model(of: request)?.name ?? request.model
  }

  /// Finds the model of a family, for endpoint ids whose family the user has named.
  public func model(of family: ModelFamily) -> Model? {
    models.first { $0.family == family }
  }

  /// Whether a name is the id of an account's own endpoint, `ep-20250911111250-zd7zw`.
  public static func isEndpoint(_ name: String) -> Bool {
    name.utf8.count > 3 && name.prefix(4).lowercased().utf8.starts(with: "ep-".utf8)
  }

  /// The names closest to a mistyped one, nearest first, at most one for each model.
  public func nearestNames(to name: String, limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased().utf8.prefix(80))
    let nearest = models.compactMap { model -> (name: String, distance: Int)? in
      model.names
        .map { (name: $0, distance: editDistance(wanted, Array($0.lowercased().utf8))) }
        .min { $0.distance < $1.distance }
    }
    return
      nearest
      .filter { $0.distance <= max(3, $0.name.utf8.count / 2) }
      .sorted { $0.distance < $1.distance }
      .prefix(limit)
      .map(\.name)
  }
}

/// How many single changes turn one word into another (Levenshtein).
func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
  var row = Array(0...other.count)
  for (line, byte) in one.enumerated() {
    var diagonal = row[0]
    row[0] = line + 1
    for (column, target) in other.enumerated() {
      let replaced = diagonal + (byte == target ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
    }
  }
  return row[other.count]
}
