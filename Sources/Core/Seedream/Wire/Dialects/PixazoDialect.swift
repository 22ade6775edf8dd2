// Source: Pixazo, "Seedream Edit Multi Image API Documentation", its part on polling, and a sister page
// of the same gateway with other spellings.

extension Dialect {
  /// Pixazo, a gateway whose path picks the model: by its sizes and date Seedream 4.0.
  public static let pixazo = Dialect(
    name: "pixazo", site: .byteplus, baseURL: "https://gateway.pixazo.ai",
    authentication: .header("Ocp-Apim-Subscription-Key"), keyVariables: ["PIXAZO_API_KEY"],
    limits: RequestLimits(
      references: 10, families: [.seedream40],
      leavesOut: [
        .outputFormat, .stream, .seed, .guidanceScale, .promptOptimization, .webSearch,
        .background, .layers,
      ]),
    headers: [WireRequest.Header("Cache-Control", "no-cache")],
    polling: Polling(path: "/ai-model-api-polling/getGenerationResults", member: "job_set_id"),
    chargesListPrices: false,
    // The page: all resolutions are free. The day is that on which it was read.
    prices: [
      Tariff.allFamilies: PriceList(
        .usd, asOf: "2026-11-21", [.init(0)], source: "Pixazo's page: all resolutions are free")
    ],
    standardModel: .seedream40, write: writeForPixazo, read: readAsPixazo)
}

/// Members in the order of the page. The number is a ceiling here too.
@Sendable private func writeForPixazo(
  _ context: EncodingContext
) throws(UnstoredReference) -> WireRequest {
  let count = context.request.count
  var members = context.prompt
  members += try context.image(asListAlways: true)
  members += [context.responseFormat, context.size, context.watermark]
  members += [
    JSONMember("sequential_image_generation", .string(count > 1 ? "auto" : "disabled"))
  ]
  if count > 1 { members.append(JSONMember("num_images", .integer(count))) }
  return .post("/byteplus/v1/getEditMultiImage", members)
}

extension ReplyDocument {
  /// Whether an answer to a question for a job says nothing of the job itself: no status, or one that belongs
  /// to a refusal of the question. Only the job's own word ends it.
  fileprivate var isOfTheQuestion: Bool {
    guard let status = status?.lowercased() else { return unreadCount == 0 }
    switch progress {
    case .done: return error == nil && saysNo
    case .failed where status == "error": return (error ?? otherError)?.asksToComeAgain ?? false
    case .failed, .pending: return false
    }
  }
}

extension APIError {
  fileprivate var asksToComeAgain: Bool {
    if ["429", "500", "502", "503", "504"].contains(code) { return true }
    return switch retry {
    case .never, .once: false
    case .backOff, .limited, .fewerAtOnce: true
    }
  }
}

/// Pictures end the reply; without them an error does, or the job has to be asked for again.
@Sendable private func readAsPixazo(_ reply: ReplyDocument) -> [ReplyEvent] {
  if reply.memberCount > 0 { return readAsArk(reply) }
  if reply.answersPoll, reply.isOfTheQuestion { return [.interrupted] }
  // Beside the name of a job, or in answer to a question for one, an error is the job's only where the job
  // is said to have ended.
  let isAccepted = reply.answersPoll || reply.job != nil
  if reply.error != nil, !isAccepted || reply.progress == .failed { return readAsArk(reply) }
  switch reply.progress {
  // The success of a request that was only just taken is not that of its pictures.
  case .done where reply.answersPoll || reply.job == nil: return readAsArk(reply)
  case .failed:
    let status = (reply.status ?? "").shown(limit: 40)
    return [
      .failed(
        reply.otherError
          ?? APIError(code: "JobFailed", message: "The provider's job ended as '\(status)'."))
    ]
  case .done, .pending:
    guard let job = reply.job else {
      return reply.status == nil && reply.error == nil ? readAsArk(reply) : [.interrupted]
    }
    return [.completed(Completion(created: reply.created, pending: job)), .interrupted]
  }
}
