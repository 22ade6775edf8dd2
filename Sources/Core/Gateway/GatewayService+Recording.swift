import HTTP
import Jobs
import Seedream

extension GatewayService {
  /// Has a request drawn and kept, and answers with what is told of its job.
  func record(
    _ reading: RequestReader.Reading, for incoming: HTTPServerRequest, by recorder: Recorder,
    _ scope: RequestScope
  ) async throws(Refusal) -> HTTPReply {
    let jobs = try await handOver(reading, for: incoming, to: recorder)
    scope.note("job \(jobs.names)")
    do {
      let reply = try await RecordedReply(
        jobs, reading, created: scope.identity.created, SignedAddress(recorder, for: incoming))
      return try await answer(reply, streams: reading.wantsEvents, scope)
    } catch let refusal as Refusal {
      throw refusal
    } catch is CancellationError {
      scope.left("the job goes on")
      if joinsEqual { unknownOutcomes.noteLeft(UnknownOutcomes.Key(incoming)) }
      return HTTPReply(status: 499)
    } catch {
      scope.note("\(error)")
      throw Refusal(
        status: 500, code: "InternalServiceError",
        message: "The pictures of job \(jobs.names) are in the gallery and cannot be read.",
        outcome: .unknown)
    }
  }

  /// What was handed over is drawn, whether or not anybody waits for it.
  private func handOver(
    _ reading: RequestReader.Reading, for incoming: HTTPServerRequest, to recorder: Recorder
  ) async throws(Refusal) -> [JobStatus] {
    var request = reading.request
    // How the service hears of the pictures is its own affair.
    if !reading.wantsEvents { request.streaming = .automatic }
    if upstream.isSandbox, let faults = incoming.header("X-Sandbox-Fault") {
      // Its other way of being told.
      let words = faults.split { $0 == "," || $0 == " " }.map { " fault:\($0)" }
      request.prompt += words.joined()
    }
    var fingerprint = RequestFingerprint(
      of: incoming, joinsEqual: joinsEqual, sign: recorder.sign)
    if joinsEqual, unknownOutcomes.takeLeft(UnknownOutcomes.Key(incoming)) {
      fingerprint.isRepeat = true
    }
    let handing = Task.detached {
      [request, fingerprint] () -> Result<[JobStatus], RecordingError> in
      do throws(RecordingError) {
        return .success(try await recorder.submit(request, fingerprint))
      } catch {
        return .failure(error)
      }
    }
    switch await handing.value {
    case .success(let jobs): return jobs
    case .failure(let error): throw Refusal(error)
    }
  }

  private func answer(
    _ reply: RecordedReply, streams: Bool, _ scope: RequestScope
  ) async throws -> HTTPReply {
    let headers =
      Self.headers(isEventStream: streams)
      + scope.identity.named(byProvider: reply.start.requestID).headers
    if reply.isShort {
      var body: [UInt8] = []
      try await reply.pieces { body += $0 }
      return HTTPReply(headers: headers, body: .bytes(body))
    }
    return HTTPReply(
      headers: headers, body: .stream { writer in await self.pass(reply, to: writer, scope) })
  }

  private func pass(_ reply: RecordedReply, to writer: HTTPReplyWriter, _ scope: RequestScope) async
  {
    metrics.streamBegan()
    defer { metrics.streamEnded() }
    do {
      try await reply.pieces { piece in try await writer.write(piece) }
    } catch is CancellationError {
      scope.left("the job goes on")
    } catch is HTTPError {
      scope.left("the job goes on")
    } catch {
      scope.note("the gallery's picture cannot be read: \(error)")
      writer.cut()
    }
  }
}

extension RequestFingerprint {
  /// - Parameters:
  ///   - joinsEqual: Whether equal requests under way are one, though nobody counts them.
  ///   - sign: Keeps the key and the prompt out of the digest.
  fileprivate init(
    of request: HTTPServerRequest, joinsEqual: Bool, sign: (String) -> String
  ) {
    let headers = ["Accept", "Authorization", "Ocp-Apim-Subscription-Key", "X-Sandbox-Fault"]
    let parts = ["request", request.path] + headers.map { request.header($0) ?? "" }
    let body = String(decoding: request.body, as: UTF8.self)
    // OpenAI's libraries count their tries. Ark's Java library keeps its name for all tries of a request,
    // those for Python and Go take a new one each time.
    let count = request.header("x-stainless-retry-count").flatMap { Int($0) } ?? 0
    self.init(
      digest: sign((parts + [body]).joined(separator: "\n")),
      name: request.header("Idempotency-Key") ?? request.header("X-Client-Request-Id"),
      isRepeat: count > 0, joinsEqual: joinsEqual)
  }
}
