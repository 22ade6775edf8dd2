import Gallery
import Jobs
import Seedream

extension Studio {
  func order(_ job: Job) throws(StudioError) -> RunRequest {
    guard let provider = job.provider, var dialect = provider.effectiveDialect else {
      throw StudioError(.notPossible, "The job's provider is not known any more.")
    }
    let baseURL: String
    do {
      baseURL = try provider.baseURL ?? sandbox.baseURL()
    } catch {
      throw StudioError(.notPossible, "The sandbox did not start: \(error).")
    }
    var key = job.key
    if provider.baseURL == nil {
      dialect.authentication = .bearer
      key = sandbox.key
    }
    return RunRequest(
      context: context(of: job), model: catalogue.model(of: job.request), dialect: dialect,
      baseURL: baseURL, key: key, trace: job.trace, isPaid: provider.baseURL != nil)
  }

  func context(of job: Job) -> JobContext {
    let model = catalogue.model(of: job.request)
    let dialect = job.provider?.effectiveDialect ?? Dialect.named(job.dialect)
    var single = job.request
    (single.count, single.layerLimit) = (1, 0)
    return JobContext(
      job: job.id, request: job.request,
      modelID: dialect?.modelID(of: job.request, for: model) ?? job.request.model,
      provider: job.status.provider, dialect: job.dialect,
      baseURL: job.provider?.baseURL, clientRequestID: job.status.clientRequestID,
      group: job.status.group, provenance: job.provenance,
      submitted: job.submitted,
      price: highestPrice(of: single, on: dialect), program: program)
  }

  /// The most a request may cost; nil where the provider's prices are not known.
  func highestPrice(of request: GenerationRequest, on dialect: Dialect?) -> Price? {
    dialect?.highestCost(of: request, for: catalogue.model(of: request)).map { Price($0) }
  }

  /// The part of that which is paid once; nil where nothing is.
  func priceOfReferences(of request: GenerationRequest, on dialect: Dialect?) -> Price? {
    let cost = dialect?.pricing.costOfReferences(of: request, for: catalogue.model(of: request))
    return cost.flatMap { $0.tenThousandths > 0 ? Price($0) : nil }
  }
}
