import Seedream

/// What goes together in a body: what each model takes, and what a split into layers and a transparent ground
/// take, from the facts that `RequestCheck` and the catalogue's checks ask.
///
/// A schema has no words for three rules: the pixels of an exact size, how many references and pictures go
/// together, and which addresses can be reached. What an endpoint's hidden model refuses nobody knows before.
struct ModelSchemas: Sendable {
  let endpoint: Endpoint
  let reader: RequestReader

  /// The word that a body must be one of these; empty where members alone decide.
  var words: [(String, JSONText)] {
    guard endpoint.generates else { return [] }
    var groups: [Group] = []
    for (model, names) in models {
      for use in uses(of: model) {
        if let place = groups.firstIndex(where: { $0.use == use }) {
          groups[place].names += names
          groups[place].models.append(name(of: model))
        } else {
          groups.append(Group(names: names, models: [name(of: model)], use: use))
        }
      }
    }
    return [("anyOf", .array(groups.map { schema(of: $0).json }))]
  }

  /// One thing that can be asked of a model.
  struct Use: Equatable {
    /// `one picture`.
    var title: String
    var members: [String: JSONText] = [:]
    var required: [String] = []
    /// Where members depend on one another.
    var either: [JSONText] = []

    subscript(_ name: String) -> Schema? {
      get { nil }
      set { members[name] = newValue?.json }
    }
  }

  /// Models of which the same can be asked.
  private struct Group {
    var names: [String]
    var models: [String]
    var use: Use
  }

  private func schema(of group: Group) -> Schema {
    var members = group.use.members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    var required = group.use.required
    if has("model") {
      let isNeeded = needsName(group.names)
      if isNeeded { required.insert("model", at: 0) }
      members.insert(("model", named(group.names, orNone: !isNeeded).json), at: 0)
    }
    let title = "\(group.models.joined(separator: ", ")): \(group.use.title)"
    return Schema(
      [("title", .string(title)), ("type", .string("object"))]
        + (required.isEmpty ? [] : [Schema.required(required)])
        + [("properties", .object(members))]
        + (group.use.either.isEmpty ? [] : [("anyOf", .array(group.use.either))]))
  }

  // MARK: Models

  private var dialect: Dialect { reader.dialect }

  func has(_ name: String) -> Bool { endpoint.members.contains { $0.name == name } }

  func leavesOut(_ member: RequestLimits.Member) -> Bool {
    dialect.limits.leavesOut.contains(member)
  }

  var limits: RequestLimits { dialect.limits }
  var site: Site { dialect.site }

  /// With the names that mean each; nil is the model behind an account's own endpoint. Where no name can be
  /// given, only the model that is drawn with.
  private var models: [(Model?, [String])] {
    guard has("model") else {
      let standard = reader.catalogue.model(named: reader.standardName(at: endpoint))
      return [(standard?.limited(by: limits), [])]
    }
    let known = reader.catalogue.models.compactMap { model -> (Model?, [String])? in
      guard !model.id(for: site).isEmpty else { return nil }
      let names = model.names.filter {
        !$0.isEmpty && reader.catalogue.model(named: $0)?.family == model.family
      }
      return (model.limited(by: limits), names)
    }
    return known + [(nil, [])]
  }

  private func name(of model: Model?) -> String { model?.name ?? "an endpoint" }

  /// Whether what has none of these names, none for an endpoint, would be drawn by another model.
  private func needsName(_ names: [String]) -> Bool {
    if endpoint.members.contains(where: { $0.name == "model" && $0.isRequired }) { return false }
    let standard = reader.standardName(at: endpoint).lowercased()
    let isStandard =
      names.isEmpty
      ? ModelCatalogue.isEndpoint(standard) : names.contains { $0.lowercased() == standard }
    return !isStandard
  }

  private func named(_ names: [String], orNone: Bool) -> Schema {
    guard names.isEmpty else {
      let none: [JSONText] = orNone ? [.null] : []
      return Schema([("enum", .array(names.map { .string($0) } + none))])
    }
    let id = Schema.text(matching: "^[eE][pP]-.")
    return orNone ? .any(of: [id, .null]) : id
  }
}
