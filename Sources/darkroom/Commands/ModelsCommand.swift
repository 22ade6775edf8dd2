import Seedream

extension Command {
  /// The catalogue.
  static let models = Command(
    name: "models", operands: "", summary: "Lists the models, what they take and what they cost.",
    options: [.flag("json", "one JSON object a model"), .configuration, .help]
  ) { arguments in
    let workspace = try Workspace(arguments)
    workspace.tellFaults()
    let models = workspace.catalogue.models
    if arguments.has("json") {
      for model in models { Console.print(JSONLine.text(model)) }
      return .done
    }
    var rows = [["MODEL", "ID", "SIZES", "REFERENCES", "PICTURES", "STREAM", "PRICE"]]
    for model in models {
      rows.append([
        model.name, model.id(for: .byteplus),
        model.sizes.keywords.isEmpty ? "pixels only" : model.sizes.keywords.joined(separator: " "),
        model.references.upperBound == 0 ? "none" : "\(model.references.upperBound)",
        "\(model.maximumPictures)", model.members.stream ? "yes" : "no",
        price(of: model),
      ])
    }
    Console.table(rows)
    return .done
  }

  private static func price(of model: Model) -> String {
    model.prices.compactMap { list in
      list.steps.map(\.perPicture).min().map { Money($0, list.currency).description }
    }.joined(separator: " / ")
  }
}
