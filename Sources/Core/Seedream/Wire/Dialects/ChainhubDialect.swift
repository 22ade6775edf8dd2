// Source: chainhub's OpenAPI page "doubao-seedream-4-0-250828-Image-to-Image".

extension Dialect {
  /// chainhub, a reseller of Volcengine. Its page describes Seedream 4.0 alone, so that is what it draws by
  /// default: what is reported of Volcengine's own site is told, but nobody says that it has another model.
  /// Prices are not on the page.
  public static let chainhub = Dialect(
    name: "chainhub", site: .volcengine, baseURL: "https://api.chainhub.tech/v1",
    authentication: .bearer, keyVariables: ["CHAINHUB_API_KEY"],
    limits: RequestLimits(
      families: [.seedream40],
      leavesOut: [
        .outputFormat, .seed, .guidanceScale, .promptOptimization, .webSearch, .background, .layers,
      ]),
    chargesListPrices: false, standardModel: .seedream40, write: writeForChainhub, read: readAsArk)
}

/// Members in the order of the page.
///
/// The ceiling of a set is not on the page and sent all the same: passed on, it keeps a set from
/// being billed as fifteen.
@Sendable private func writeForChainhub(
  _ context: EncodingContext
) throws(UnstoredReference) -> WireRequest {
  var members = [context.modelMember] + context.prompt
  members += try context.image()
  members += [context.size] + context.sequence
  members += context.stream
  members += [context.responseFormat, context.watermark]
  return .post("/images/generations", members, streams: context.streams)
}
