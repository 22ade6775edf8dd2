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
    modelVariable: "SEEDREAM_MODEL_ID", write: writeForUnified, read: readAsUnified)
}

/// The original service writes that nothing was generated where it lost the pictures of a stream: no word of it
/// without a picture is one, but a refusal.
@Sendable private func readAsUnified(_ reply: ReplyDocument) -> [ReplyEvent] {
  guard reply.memberCount == 0, reply.unreadCount == 0, reply.refusal == nil else {
    return readAsArk(reply)
  }
  return [
    .completed(Completion(model: reply.model, created: reply.created)), .unreadable(.emptyReply),
  ]
}

/// Members in the order of the page's schema; none that the model takes is left to a default.
@Sendable private func writeForUnified(
  _ context: EncodingContext
) throws(UnstoredReference) -> WireRequest {
  var context = context
  // The original service collapses a stream into one reply and loses pictures that are not links.
  let isSafe = context.request.responseFormat == .url || context.request.streaming == .on
  if !isSafe { context.request.streaming = .off }
  var members = [context.modelMember] + context.prompt
  members += try context.image()
  members +=
    context.model == nil && context.request.count == 1
    ? [JSONMember("sequential_image_generation", .string("disabled"))] : context.sequence
  members += [context.responseFormat, context.size] + context.stream + [context.watermark]
  return .post("/byteplus-generate", members, streams: context.streams)
}
