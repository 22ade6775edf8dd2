// Source: BytePlus ModelArk and Volcengine Ark, Image generation API (doc 1541523); base URLs from
// the vendor's SDKs. Both sites speak the same wire, and so does the sandbox.

extension Dialect {
  /// Volcengine Ark, mainland China.
  public static let ark = Dialect(
    name: "ark", site: .volcengine, baseURL: "https://ark.cn-beijing.volces.com/api/v3",
    authentication: .bearer, keyVariables: ["ARK_API_KEY"], limits: RequestLimits(),
    write: writeForArk, read: readAsArk)

  /// BytePlus ModelArk, Johor.
  public static let byteplus = Dialect(
    name: "byteplus", site: .byteplus,
    baseURL: "https://ark.ap-southeast.bytepluses.com/api/v3", authentication: .bearer,
    keyVariables: ["BYTEPLUS_API_KEY", "ARK_API_KEY"], limits: RequestLimits(),
    write: writeForArk, read: readAsArk)

  /// The provider that draws on this machine. It honours a seed whatever the model.
  public static let sandbox = Dialect(
    name: "sandbox", site: .byteplus, baseURL: "", authentication: .none, keyVariables: [],
    limits: RequestLimits(seed: true), write: writeForArk, read: readAsArk)
}

/// Members in the order of the vendor's examples, the model first.
@Sendable private func writeForArk(
  _ context: EncodingContext
) throws(UnstoredReference) -> WireRequest {
  let request = context.request
  let model = context.model
  let takes = model?.members
  let streams = context.streams
  var members = [
    JSONMember("model", .string(context.modelID)),
    JSONMember("prompt", .string(request.prompt)),
  ]
  let images = try context.images()
  switch images.count {
  case 0: break
  case 1: members.append(JSONMember("image", images[0]))
  default: members.append(JSONMember("image", .array(images)))
  }
  members.append(JSONMember("size", .string(request.size.description)))
  members += context.sequence
  members.append(JSONMember("response_format", .string(request.responseFormat.rawValue)))
  if let format = request.outputFormat, takes?.outputFormats.contains(format) ?? true {
    members.append(JSONMember("output_format", .string(format.rawValue)))
  }
  if streams { members.append(JSONMember("stream", .boolean(true))) }
  members.append(JSONMember("watermark", .boolean(request.watermark)))
  if let mode = request.promptOptimization, takes?.promptOptimizations.contains(mode) ?? true {
    members.append(
      JSONMember(
        "optimize_prompt_options", .object([JSONMember("mode", .string(mode.rawValue))])))
  }
  if let seed = request.seed, takes == nil || takes?.seed != nil {
    members.append(JSONMember("seed", .integer(seed)))
  }
  if let scale = request.guidanceScale, takes == nil || takes?.guidanceScale != nil {
    members.append(JSONMember("guidance_scale", .number(scale)))
  }
  if request.webSearch, takes?.webSearch.contains(context.dialect.site) ?? true {
    members.append(
      JSONMember("tools", .array([.object([JSONMember("type", .string("web_search"))])])))
  }
  return WireRequest(
    path: "/images/generations",
    headers: [
      .init("Content-Type", "application/json"),
      .init("Accept", streams ? "text/event-stream, application/json" : "application/json"),
    ],
    body: JSONWriter.pieces(of: members), streams: streams)
}

extension EncodingContext {
  /// `auto` for a set. `disabled` is the default, and some models answer 400 to the member whatever
  /// its value, so it is said only to models known to take it.
  fileprivate var sequence: [JSONMember] {
    if request.count > 1, model?.members.sequence ?? true {
      return [
        JSONMember("sequential_image_generation", .string("auto")),
        JSONMember(
          "sequential_image_generation_options",
          .object([JSONMember("max_images", .integer(request.count))])),
      ]
    }
    guard let model, model.members.sequence else { return [] }
    return [JSONMember("sequential_image_generation", .string("disabled"))]
  }
}
