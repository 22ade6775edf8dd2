// Source: BytePlus ModelArk and Volcengine Ark, Image generation API (doc 1541523); base URLs from
// the vendor's SDKs. Both sites speak the same wire, and so does the sandbox.

extension Dialect {
  /// Volcengine Ark, mainland China.
  public static let ark = Dialect(
    name: "ark", site: .volcengine, baseURL: "https://ark.cn-beijing.volces.com/api/v3",
    authentication: .bearer, keyVariables: ["ARK_API_KEY"], limits: RequestLimits(),
    listsModels: true, modelVariable: "SEEDREAM_MODEL_ID", write: writeForArk, read: readAsArk)

  /// BytePlus ModelArk, Johor.
  public static let byteplus = Dialect(
    name: "byteplus", site: .byteplus,
    baseURL: "https://ark.ap-southeast.bytepluses.com/api/v3", authentication: .bearer,
    keyVariables: ["BYTEPLUS_API_KEY", "ARK_API_KEY"], limits: RequestLimits(),
    listsModels: true, modelVariable: "SEEDREAM_MODEL_ID", write: writeForArk, read: readAsArk)

  /// BytePlus ModelArk, Dublin. Keys and activation are its own. Only 5.0 lite was ever documented there, and
  /// it has ended: what is drawn by default is that of Johor, and only the list of models knows.
  public static let byteplusEurope = Dialect(
    name: "byteplus-eu", site: .byteplus,
    baseURL: "https://ark.eu-west.bytepluses.com/api/v3", authentication: .bearer,
    keyVariables: ["BYTEPLUS_EU_API_KEY", "BYTEPLUS_API_KEY", "ARK_API_KEY"],
    limits: RequestLimits(), listsModels: true,
    modelVariable: "SEEDREAM_MODEL_ID", write: writeForArk, read: readAsArk)

  /// The provider that draws on this machine. It honours a seed whatever the model.
  public static let sandbox = Dialect(
    name: "sandbox", site: .byteplus, baseURL: "", authentication: .none, keyVariables: [],
    limits: RequestLimits(seed: true), chargesListPrices: false, write: writeForArk,
    read: readAsArk)
}

/// Members in the order of the vendor's examples, the model first.
@Sendable private func writeForArk(
  _ context: EncodingContext
) throws(UnstoredReference) -> WireRequest {
  var members = [context.modelMember] + context.prompt
  members += try context.image()
  members += [context.size] + context.sequence
  members += [context.responseFormat] + context.outputFormat
  if context.streams { members.append(JSONMember("stream", .boolean(true))) }
  members += [context.watermark]
  members += context.promptOptimization + context.seed + context.guidanceScale
  members += context.webSearch + context.background + context.layers
  return .post("/images/generations", members, streams: context.streams)
}
