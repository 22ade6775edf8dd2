/// One provider's way of speaking: where, with which key, in which words.
///
/// A dialect is a value with two functions, one for each direction, so a new provider is a new file
/// in `Dialects/` and an entry in `builtIn`. What a profile may override are plain properties.
public struct Dialect: Sendable {
  /// What people call it, `ark`.
  public var name: String
  /// Whose model ids it uses.
  public var site: Site
  /// Scheme, host and path up to the one of the request, no slash at the end; empty where it is
  /// only known at run time.
  public var baseURL: String
  /// How the key travels.
  public var authentication: Authentication
  /// Environment variables that may hold the key, in the order they are tried.
  public var keyVariables: [String]
  /// Where the provider differs from the vendor's own limits.
  public var limits: RequestLimits
  /// Further headers of every request; a later one replaces those of the same name, so that a
  /// profile appends its own.
  public var headers: [WireRequest.Header] = []
  /// How to ask for pictures that were not ready with the reply; nil where they always are.
  public var polling: Polling?
  /// Whether the vendor's prices of `site` hold; resellers set their own.
  public var chargesListPrices = true
  /// The provider's own prices by family, before those of the list; see `Pricing.own`.
  public var prices: [String: PriceList] = [:]
  /// What is generated where the user names no model.
  public var standardModel: ModelFamily = .seedream45
  /// The provider's own id of a model by family, where it is not the site's first.
  public var ids: [String: String] = [:]
  /// Whether `GET {baseURL}/models` may be asked, with a key: nothing is lost where it is not there.
  public var listsModels = false
  /// An environment variable that may name the model or endpoint to use where nothing else does.
  public var modelVariable: String?
  /// Writes a request.
  var write: @Sendable (EncodingContext) throws(UnstoredReference) -> WireRequest
  /// Reads the rest of a JSON reply whose pictures (`data[]`) have been reported; what it returns ends
  /// with the event that ends the reply.
  var read: @Sendable (ReplyDocument) -> [ReplyEvent]
}

extension Dialect {
  /// Puts a request into the words of this provider.
  ///
  /// Members the provider or the model refuses are left out. References must be URLs or stored.
  ///
  /// - Parameter model: As the catalogue has it; nil for endpoint ids.
  public func encode(
    _ request: GenerationRequest, for model: Model?
  ) throws(UnstoredReference) -> WireRequest {
    let context = EncodingContext(
      request: request.limited(by: limits), model: model?.limited(by: limits), dialect: self)
    return try write(context).adding(headers)
  }

  /// The most one request can cost; nil where the provider's prices are not known.
  public func highestCost(of request: GenerationRequest, for model: Model?) -> Money? {
    pricing.highestCost(of: request, for: model)
  }

  /// What the provider charges.
  public var pricing: Pricing {
    Pricing(site: site, chargesListPrices: chargesListPrices, own: prices)
  }

  /// Where the life of its models is looked up: the site, and apart from it BytePlus in Dublin. Nil for the
  /// sandbox, whose models do not end.
  public var place: String? {
    if name == Self.sandbox.name { return nil }
    let isEurope =
      name == Self.byteplusEurope.name
      || ["https", "http"].contains { baseURL.hasPrefix("\($0)://ark.eu-west.") }
    return isEurope ? Self.byteplusEurope.name : site.rawValue
  }

  /// The places whose models can have a life of their own.
  public static let places = Site.allCases.map(\.rawValue) + [Dialect.byteplusEurope.name]

  /// How a request's model is spelled for this provider; the name as typed where no model is known.
  public func modelID(of request: GenerationRequest, for model: Model?) -> String {
    guard let model, model.answers(to: request.model) else { return request.model }
    return ids[model.family.rawValue] ?? model.id(for: site, named: request.model)
  }

  /// The id of a model as requests to this provider carry it, empty where its site does not offer the model; nil
  /// where they carry none, since the path picks the model.
  public func sentID(of model: Model) -> String? {
    let request = GenerationRequest(model: model.family.rawValue, prompt: "a")
    let id = modelID(of: request, for: model)
    guard let wire = try? encode(request, for: model), !id.isEmpty else { return id }
    let isNamed = wire.body.contains { piece in
      guard case .text(let bytes) = piece else { return false }
      return String(decoding: bytes, as: UTF8.self).contains("\"\(id)\"")
    }
    return isNamed ? id : nil
  }

  /// The dialects of this version.
  public static let builtIn: [Dialect] = [
    .ark, .byteplus, .byteplusEurope, .unified, .chainhub, .pixazo, .apiyi, .sandbox,
  ]

  /// Finds a dialect by name, in any case.
  public static func named(_ name: String) -> Dialect? {
    builtIn.first { $0.name == name.lowercased() }
  }
}
