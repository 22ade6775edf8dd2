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
      Pricing.allFamilies: PriceList(
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
  /// to a refusal of the question. Only the job's own status ends it.
  fileprivate var isOfTheQuestion: Bool {
    guard let status = status?.lowercased() else { return unreadCount == 0 }
    switch progress {
    case .done: return error == nil && saysNo
    case .failed where status == "error": return (error ?? otherError)?.asksToComeAgain ?? false
    case .failed, .pending: return false
    }
  }

  /// What a wrapped reply says of its job goes before what it says of the wrapper.
  fileprivate var unwrapped: ReplyDocument {
    var reply = self
    guard let inner = wrapped.first(where: { $0.status != nil }), asked != nil || inner.job != nil
    else { return reply }
    reply.status = inner.status
    reply.otherError = inner.otherError ?? otherError
    return reply
  }

  /// The words by which services of this kind say that a job is not done, beside those nobody knows.
  fileprivate var isStillDrawn: Bool {
    let word = (status ?? "").lowercased().filter(\.isLetter)
    return [
      "", "queued", "inqueue", "queue", "pending", "waiting", "submitted", "accepted", "created",
      "received", "scheduled", "starting", "started", "processing", "inprogress", "progress",
      "running", "working", "generating", "drawing", "rendering", "partial", "preview",
    ].contains(word)
  }

  /// The job goes on, with what is named so far.
  fileprivate func goesOn(_ job: PendingJob) -> [ReplyEvent] {
    let completion = Completion(
      created: created, usage: usage ?? Usage(), pending: job, isStillDrawn: isStillDrawn)
    return [.completed(completion), .interrupted]
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

/// A reply that names no job is that of the vendor. One that does is over where it says so, or where it has
/// pictures and says nothing of its state.
@Sendable private func readAsPixazo(_ wrapped: ReplyDocument) -> [ReplyEvent] {
  let reply = wrapped.unwrapped
  if let job = reply.asked { return readAnswer(reply, about: job) }
  guard let job = reply.job else { return readAsArk(reply) }
  switch reply.progress {
  case .failed: return ending(reply)
  // The success of a request that was only just taken is not that of its pictures.
  case .done, .pending:
    let isOver = reply.status == nil || reply.progress == .done
    // What stands in the place of pictures until they are there.
    let hasNone = reply.pictureCount == 0 && (reply.memberCount == 0 || reply.unreadCount > 0)
    return isOver && !hasNone ? readAsArk(reply) : reply.goesOn(job)
  }
}

/// An answer to a question for a job.
private func readAnswer(_ reply: ReplyDocument, about job: PendingJob) -> [ReplyEvent] {
  if let other = reply.job, other != job { return reply.goesOn(other) }
  if reply.memberCount == 0, reply.isOfTheQuestion { return [.interrupted] }
  switch reply.progress {
  case .done: return readAsArk(reply)
  case .failed: return ending(reply)
  case .pending where reply.status != nil: return reply.goesOn(job)
  case .pending where reply.job != nil && reply.memberCount == 0: return reply.goesOn(job)
  case .pending:
    return reply.memberCount > 0 || reply.error == nil ? readAsArk(reply) : [.interrupted]
  }
}

/// The end of a job that failed: pictures and what was used are believed all the same.
private func ending(_ reply: ReplyDocument) -> [ReplyEvent] {
  if reply.error != nil || reply.memberCount + reply.unreadCount > 0 { return readAsArk(reply) }
  let status = (reply.status ?? "").shown(limit: 40)
  return [
    .failed(
      reply.otherError
        ?? APIError(code: "JobFailed", message: "The provider's job ended as '\(status)'."))
  ]
}
