import App
import Gallery
import Jobs
import Seedream
import Settings
import Studio

/// What a request may cost, before it is sent, and what each of its pictures did.
struct PriceNote {
  private let isSandbox: Bool
  private let request: GenerationRequest
  private let model: Model?
  private let prices: PriceList?
  /// The most the request may cost; nil where that is not known.
  let most: Price?

  init(_ request: GenerationRequest, _ workspace: Workspace) {
    let profile = workspace.choice.profile
    self.request = profile.namingFamily(of: request)
    isSandbox = profile.isSandbox && workspace.baseURL == nil
    model = workspace.offeredModel(of: self.request)
    let pricing = isSandbox ? nil : profile.effectiveDialect()?.pricing
    prices = pricing?.prices(of: model)
    most = pricing?.highestCost(of: self.request, for: model).map { Price($0) }
  }

  /// For a user, before anything is sent.
  var sentence: String {
    if isSandbox { return "sandbox: drawn on this machine, nothing is paid" }
    guard let most else { return "price: not known" }
    if let prices, prices.isFree {
      return "price: free, as of \(prices.date.isEmpty ? "your config file" : prices.date)"
        + (prices.source.map { " (\($0))" } ?? "")
    }
    if request.layers {
      let layers = (request.mostPictures(of: model) ?? 1) - 1
      return
        "price: at most \(most.shown) for a base and \(layers) layers; those that come are paid"
    }
    let requests = request.requests(of: model)
    let inRequests = requests > 1 ? " in \(requests) requests" : ""
    let perPicture =
      request.count > 1
      ? " for \(request.count) pictures\(inRequests); refused ones are free" : ""
    return "price: at most \(most.shown)\(perPicture)"
  }

  /// What one picture of this size costs, without what the request pays for its references.
  func price(width: Int, height: Int) -> Price? {
    prices?.cost(drawn: [width * height], as: request.priceKind, references: 0).map { Price($0) }
  }
}
