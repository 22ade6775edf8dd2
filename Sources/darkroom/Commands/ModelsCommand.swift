import Seedream
import Settings

extension Command {
  /// The catalogue.
  static let models = Command(
    name: "models", operands: "", summary: "Lists the models, what they take and what they cost.",
    options: [
      .flag("json", "one JSON object a model"),
      .value("provider", "NAME", "whose ids and prices; see 'darkroom providers'"),
      .configuration, .help,
    ]
  ) { arguments in
    let workspace = try Workspace(arguments)
    workspace.tellFaults()
    let models = workspace.catalogue.models
    if arguments.has("json") {
      for model in models { Console.print(JSONLine.text(model)) }
      return .done
    }
    let dialect = workspace.choice.profile.effectiveDialect()
    let site = dialect?.site ?? .byteplus
    var rows = [
      [
        "MODEL", "ID AT \(site == .volcengine ? "VOLCENGINE" : "BYTEPLUS")", "SIZES", "REFERENCES",
        "PICTURES", "STREAM", "PRICE", "",
      ]
    ]
    for model in models {
      let id = model.id(for: site)
      rows.append([
        model.family.rawValue, id.isEmpty ? "not offered" : id,
        model.sizes.keywords.isEmpty ? "pixels only" : model.sizes.keywords.joined(separator: " "),
        model.references.upperBound == 0 ? "none" : "\(model.references.upperBound)",
        "\(model.maximumPictures)", model.members.stream ? "yes" : "no",
        price(of: model, at: site), state(of: model),
      ])
    }
    Console.table(rows)
    if dialect?.chargesListPrices == false, !workspace.choice.profile.isSandbox {
      Console.narrate("prices are the vendor's; '\(workspace.providerName)' sets its own")
    }
    return .done
  }

  /// A picture's, from the smallest size on where larger ones cost more.
  private static func price(of model: Model, at site: Site) -> String {
    let currency: Money.Currency = site == .volcengine ? .cny : .usd
    guard let list = model.prices.first(where: { $0.currency == currency }),
      let least = list.steps.map(\.perPicture).min()
    else { return "unknown" }
    let isSame = list.steps.allSatisfy { $0.perPicture == least }
    return (isSame ? "" : "from ") + Money(least, currency).description
  }

  private static func state(of model: Model) -> String {
    switch model.lifecycle {
    case .current: ""
    case .retiring: "is being retired"
    case .shutDown: "shut down"
    }
  }
}
