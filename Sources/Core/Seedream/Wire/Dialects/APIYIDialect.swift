// Source: APIYI, Seedream text-to-image and image editing pages; its pages of 2026-11-13 on Seedream 5.5,
// whose pictures may be transparent and split into layers there as on BytePlus.

extension Dialect {
  /// APIYI, a reseller of BytePlus at its list prices.
  ///
  /// Its 5.0 lite has no 4K, as in an older revision of the vendor's page. It documents references as
  /// web addresses only.
  public static let apiyi = Dialect(
    name: "apiyi", site: .byteplus, baseURL: "https://api.apiyi.com/v1", authentication: .bearer,
    keyVariables: ["APIYI_API_KEY"],
    limits: RequestLimits(
      references: 10, keywords: [.seedream5Lite: ["2K", "3K"]], seed: true,
      families: [.seedream5Lite, .seedream45, .seedream40, .seedream55],
      largestPixels: [.seedream5Lite: 10_404_496], addressesOnly: true,
      leavesOut: [.guidanceScale, .promptOptimization, .webSearch],
      edits: [.seedream55]),
    ids: [ModelFamily.seedream55.rawValue: "seedream-5-5-261028"], listsModels: true,
    write: writeForAPIYI,
    read: readAsArk)
}

/// Members in the order of the page. `n` goes up to four; beyond it a set is asked for as on Ark.
@Sendable private func writeForAPIYI(
  _ context: EncodingContext
) throws(UnstoredReference) -> WireRequest {
  // Where a model generates one picture a request, the number is passed over in silence.
  let drawsSets = context.model?.drawsSets ?? true
  let count = drawsSets ? context.request.count : 1
  // How several pictures that are no set stream, no page says.
  let streams = context.streams && (count > 4 || context.request.streaming == .on)
  var members = [context.modelMember] + context.prompt
  members += try context.image(asListAlways: true)
  members += [context.size, context.responseFormat] + context.outputFormat
  switch count {
  case ...1: break
  case 2...4: members.append(JSONMember("n", .integer(count)))
  default: members += context.sequence
  }
  members += context.seed + [context.watermark] + context.background + context.layers
  if streams { members.append(JSONMember("stream", .boolean(true))) }
  return .post("/images/generations", members, streams: streams)
}
