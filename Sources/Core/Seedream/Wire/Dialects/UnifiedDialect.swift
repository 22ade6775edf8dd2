// Source: "BytePlus Image Generation API", the page of the endpoint `POST /byteplus-generate`, and the
// public source of the service it describes.

extension Dialect {
  /// One local endpoint in front of BytePlus, which holds the key.
  ///
  /// The page names 1K, 2K and 4K; other sizes are sent all the same, for services that take more.
  public static let unified = Dialect(
    name: "unified", site: .byteplus, baseURL: "http://localhost:8003", authentication: .none,
    keyVariables: [],
    limits: RequestLimits(leavesOut: [
      .outputFormat, .seed, .guidanceScale, .promptOptimization, .webSearch, .background, .layers,
    ]),
    write: writeForUnified, read: readAsArk)
}

/// Members in the order of the page's schema, none of them left to a default.
@Sendable private func writeForUnified(
  _ context: EncodingContext
) throws(UnstoredReference) -> WireRequest {
  // The original service collapses a stream into one reply and loses pictures that are not links.
  let isSafe = context.request.responseFormat == .url || context.request.streaming == .on
  let streams = context.streams && isSafe
  var members = [context.modelMember] + context.prompt
  members += try context.image()
  members +=
    context.request.count > 1
    ? context.sequenceOfMany : [JSONMember("sequential_image_generation", .string("disabled"))]
  members += [context.responseFormat, context.size, JSONMember("stream", .boolean(streams))]
  members += [context.watermark]
  return .post("/byteplus-generate", members, streams: streams)
}
