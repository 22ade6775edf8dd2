import App
import Seedream
import Settings

extension Command {
  /// The catalogue.
  static let models = Command(
    name: "models", operands: "", summary: "Lists the models, what they take and what they cost.",
    options: [
      .flag("json", "one JSON object a model"),
      .flag("refresh", "ask the provider for its list first, and say what is different"),
      .value("provider", "NAME", "whose ids and prices; see 'darkroom providers'"),
      .configuration, .help,
    ]
  ) { arguments in
    let workspace = try Workspace(arguments)
    workspace.tellFaults()
    if arguments.has("refresh") { try refresh(workspace) }
    let dialect = workspace.choice.profile.effectiveDialect()
    let named = dialect?.limits.families
    let models = workspace.catalogue.models.filter { named?.contains($0.family) ?? true }
    let notices = workspace.lifeNotices(at: workspace.choice.profile)
    if arguments.has("json") {
      for model in models { Console.print(JSONLine.text(model)) }
      return .done
    }
    let site = dialect?.site ?? .byteplus
    var rows = [
      [
        "MODEL", "ID AT \(workspace.providerName.uppercased())", "SIZES", "REFERENCES",
        "PICTURES", "STREAM", "PRICE", "LIFE",
      ]
    ]
    for model in models.map({ $0.limited(by: dialect?.limits ?? RequestLimits()) }) {
      rows.append([
        model.family.rawValue, id(of: model, dialect),
        model.sizes.keywords.isEmpty ? "pixels only" : model.sizes.keywords.joined(separator: " "),
        model.references.upperBound == 0 ? "none" : "\(model.references.upperBound)",
        "\(model.maximumPictures)", model.members.stream ? "yes" : "no",
        price(of: model, dialect?.pricing ?? Pricing(site: site)),
        life(of: model, notices[model.family.rawValue], at: dialect?.place),
      ])
    }
    Console.report(rows, dispensable: [3, 4, 1, 2])
    if named != nil {
      Console.narrate(
        "'\(workspace.providerName)' names no other model: one may be refused, or another drawn")
    }
    for model in models {
      guard let notice = notices[model.family.rawValue] else { continue }
      Console.narrate(notice.words)
    }
    if dialect?.chargesListPrices == false, dialect?.prices.isEmpty == true,
      !workspace.choice.profile.isSandbox
    {
      Console.narrate("prices are the vendor's; '\(workspace.providerName)' sets its own")
    }
    return .done
  }

  /// As it is sent to the provider.
  private static func id(of model: Model, _ dialect: Dialect?) -> String {
    guard let dialect else { return model.id(for: .byteplus) }
    guard let id = dialect.sentID(of: model) else { return "none is sent" }
    return id.isEmpty ? "not offered" : id
  }

  /// A picture's, from the smallest size on where larger ones cost more.
  /// What the provider says it charges goes before the vendor's list, which is told where it says nothing.
  private static func price(of model: Model, _ pricing: Pricing) -> String {
    guard let list = pricing.prices(of: model) ?? model.prices(on: pricing.site),
      let least = list.steps.map(\.perPicture).min()
    else { return "unknown" }
    if list.isFree { return "free" }
    let isSame =
      list.steps.allSatisfy { $0.perPicture == least } && list.perExactPicture ?? least == least
    let each = list.perReference.map { " + \(Money($0, list.currency)) a reference" } ?? ""
    return (isSame ? "" : "from ") + Money(least, list.currency).description + each
  }

  /// Asks the provider, and says on standard error what is new, being retired and gone.
  private static func refresh(_ workspace: Workspace) throws {
    let profile = workspace.choice.profile
    do {
      let listing = try waiting {
        try await ListingFile(workspace: workspace, profile: profile).ask()
      }
      Console.narrate("\(profile.name) lists \(listing.pictures.count) models that draw")
      guard let dialect = profile.effectiveDialect() else { return }
      for difference in workspace.catalogue.differences(from: listing, at: dialect) {
        Console.narrate(difference.sentence)
      }
    } catch let silence as ListingFile.Silence {
      Console.narrate("models of \(profile.name): \(silence)")
    }
  }

  /// `2026-11-12 – 2026-11-24T14:00+08:00, reported → seedream-5.0-pro`.
  private static func life(of model: Model, _ notice: LifeNotice?, at place: String?) -> String {
    let life = place.flatMap { model.lives[$0] }
    var words: [String] = []
    if let first = life?.first { words.append("from \(first)") }
    if let last = life?.last, notice != nil {
      let isReported = life?.certainty == .reported
      words.append("\(isReported ? "reported until" : "until") \(last)")
    } else if let notice, notice.isListed {
      words.append(notice.isOver ? "ended, says its list" : "being retired, says its list")
    } else if life?.last == nil {
      words.append(state(of: model))
    }
    if let successor = notice?.successor { words.append("then \(successor.rawValue)") }
    return words.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private static func state(of model: Model) -> String {
    switch model.lifecycle {
    case .current: ""
    case .retiring: "is being retired"
    case .shutDown: "shut down"
    }
  }
}
