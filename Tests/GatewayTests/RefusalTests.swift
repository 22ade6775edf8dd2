import Gateway
import HTTP
import TestSupport
import Testing

/// Requests that are not sent on, and in which words they are refused.
@Suite struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var members: String
    var message: String
    var param = ""
    var type = "BadRequest"
    var status = 400
    var testDescription: String { members }
  }

  private static func invalid(_ name: String, _ reason: String) -> String {
    "The parameter `\(name)` specified in the request is not valid: \(reason)"
  }

  /// The texts of the live service.
  static let ark = [
    Case(
      members: #""model":"seedream-4-5-251128","size":"1280x720""#,
      message: invalid("size", "image size must be at least 3686400 pixels."), type: ""),
    Case(
      members: #""model":"doubao-seedream-4-0-250828","size":"100x100""#,
      message: invalid("size", "image size must be at least 921600 pixels."), type: ""),
    Case(
      members: #""model":"doubao-seedream-4-5-251128","size":"1K""#,
      message: invalid(
        "size", "the specified size is not supported for model doubao-seedream-4-5."), type: ""),
    Case(
      members: #""model":"seedream-5-0-260128","size":"1K""#,
      message: invalid("size", "size must be one of 'WIDTHxHEIGHT', '2k', '3k', or '4k'."),
      type: ""),
    Case(
      members: #""model":"seedream-4-5-251128","output_format":"png""#,
      message: invalid(
        "output_format",
        "the parameter `output_format` is not supported by the current model."),
      param: "output_format"),
    Case(
      members: #""model":"seedream-5-0-260128","output_format":"gif""#,
      message: invalid("output_format", "must be one of: jpeg, png"), param: "output_format"),
    Case(
      members: #""model":"seedream-4-0-250828","image":"aGVsbG8=""#,
      message: invalid("image", "invalid url specified")),
    Case(
      members: #""model":"seedream-9","size":null"#, message: "does not exist", type: "NotFound",
      status: 404),
    Case(members: #""model":null"#, message: "missing the `model` parameter", param: "model"),
  ]

  @Test(arguments: ark) func arkRefusesInTheVendorsWords(_ one: Case) async throws {
    let door = try Door()
    let answer = try await door.post(
      "/api/v3/images/generations", #"{"prompt":"a","stream":true,\#(one.members)}"#)
    #expect(answer.status == one.status)
    #expect(answer.head["Content-Type"] == "application/json; charset=utf-8")
    let error = try #require(try answer.read().error)
    #expect(error.message.contains(one.message))
    #expect(error.param == one.param)
    #expect(error.type == one.type)
    let id = try #require(answer.head["X-Request-Id"])
    #expect(id.utf8.count == 53)
    #expect(error.message.hasSuffix("equest id: \(id)"))
  }

  @Test(arguments: ["null", "[]", "3", "\"a\""])
  func whatIsNoObjectIsSaidToBeNone(_ body: String) async throws {
    let answer = try await Door().post("/api/v3/images/generations", body)
    #expect(answer.status == 400)
    #expect(try answer.read().error?.message.contains("it must be an object.") == true)
  }

  @Test func theSeedsEndpointNamesEveryMemberThatIsWrong() async throws {
    let door = try Door()
    let answer = try await door.post(
      "/byteplus-generate",
      #"""
      {"prompt":"a","size":2,"stream":"yes","response_format":"png",
      "sequential_image_generation_options":{"max_images":99},"image":[1]}
      """#)
    #expect(answer.status == 422)
    let detail = try #require(try answer.read().detail)
    #expect(
      Set(detail.map { $0.loc.joined(separator: ".") }) == [
        "body.size", "body.stream", "body.response_format", "body.image",
        "body.sequential_image_generation_options.max_images",
      ])
    #expect(detail.first { $0.loc.last == "response_format" }?.legal == ["url", "b64_json"])
  }

  @Test func nullCountsAsAbsentAndUnknownMembersArePassedOver() async throws {
    let door = try Door()
    let answer = try await door.post(
      "/byteplus-generate",
      #"""
      {"prompt":"a","model":"ep-1","size":"1k","image":null,"stream":null,"watermark":null,
      "sequential_image_generation":null,"sequential_image_generation_options":null,"user":"x"}
      """#)
    #expect(answer.status == 200)
  }

  @Test func pixazosEndpointRefusesInASentence() async throws {
    let door = try Door()
    let answer = try await door.post(
      "/byteplus/v1/getEditMultiImage", #"{"prompt":"a","num_images":0}"#)
    #expect(answer.status == 400)
    #expect(try answer.read().sentence?.hasPrefix("num_images: must be") == true)
  }

  /// Who sends a member of another endpoint wants another picture than would be drawn, and paid, without it.
  @Test(arguments: [
    #""model":"seedream-5.5""#, #""background":"transparent""#, #""n":2"#,
    #""layer_decomposition":true"#,
    #""seed":7"#, #""output_format":"png""#, #""tools":[{"type":"web_search"}]"#,
    #""guidance_scale":"high""#, #""optimize_prompt_options":{"mode":"fast"}"#,
  ])
  func membersOfOtherEndpointsAreNotDropped(_ member: String) async throws {
    let door = try Door()
    let name = String(member.dropFirst().prefix { $0 != "\"" })
    let paths = ["/byteplus/v1/getEditMultiImage"] + (name == "model" ? [] : ["/byteplus-generate"])
    for path in paths {
      let answer = try await door.post(path, "{\"prompt\":\"a\",\(member)}")
      #expect([400, 422].contains(answer.head.status), "\(path) \(answer.text)")
      #expect(answer.text.contains(name) && answer.text.contains("/v1/images/generations"))
    }
  }

  @Test(arguments: [
    #""model":"seedream-4-0-250828""#, #""model":"Seedream-4.0""#, #""background":"auto""#,
    #""n":1"#,
    #""layer_decomposition":false"#, #""seed":null"#, #""tools":[]"#, #""user":"x""#,
  ])
  func membersThatChangeNothingArePassedOver(_ member: String) async throws {
    let door = try Door()
    let answer = try await door.post(
      "/byteplus/v1/getEditMultiImage", "{\"prompt\":\"a\",\(member)}")
    #expect(answer.status == 200, "\(answer.text)")
  }

  @Test func whatIsNoRequestGetsTheRightStatus() async throws {
    let door = try Door()
    let path = "/api/v3/images/generations"
    let nested = String(repeating: "[", count: 100_000)
    #expect(try await door.post(path, nested).status == 400)
    #expect(try await door.post(path, "[]").status == 400)
    #expect(try await door.post(path, "{").status == 400)
    #expect(try await door.get(path).status == 405)
    #expect(try await door.get(path).head["Allow"] == "POST")
    #expect(try await door.get("/nothing").status == 404)
    #expect(try await door.get("/api/v3/nothing").body.isEmpty)
    var form = door.request(path, #"{"model":"ep-1","prompt":"a"}"#)
    form.headers = [HTTPHeader("Content-Type", "text/plain")]
    #expect(try await door.client.fetch(form).status == 415)
  }

  @Test func aBodyBeyondTheLimitIsRefused() async throws {
    let door = try Door(options: .init(maximumBodyBytes: 1000))
    let body = #"{"prompt":"\#(String(repeating: "a", count: 2000))"}"#
    let answer = try await door.post("/byteplus-generate", body)
    #expect(answer.status == 413)
    #expect(answer.text.contains("larger than 1000 bytes"))
    let ark = try await door.post("/api/v3/images/generations", body)
    #expect(ark.status == 413)
    #expect(try ark.read().error?.message.contains("larger than 1000 bytes") == true)
    let text = try await door.post("/byteplus/v1/getEditMultiImage", body)
    #expect(text.status == 413)
    #expect(try text.read().sentence?.contains("larger than 1000 bytes") == true)
    #expect(try await door.get("/metrics").text.contains(#"status="413""#))
  }

  @Test(.ownThread, arguments: ["", #"{"prompt":"#])
  func aRequestThatStopsInTheMiddleIsToldSo(_ beginning: String) async throws {
    let door = try Door(options: .init(idleSeconds: 1))
    let connection = try half(beginning, at: door)
    defer { connection.close() }
    try expectOverdue(connection)
  }

  @Test(.ownThread, .timeLimit(.minutes(1)))
  func nobodyWaitsLongForOneAtTheEnd() async throws {
    let door = try Door()
    let connection = try half("{", at: door)
    defer { connection.close() }
    // One thread reads what comes, in the order of the connections.
    #expect(try await door.get("/healthz").status == 200)
    await door.gateway.drain()
    try expectOverdue(connection)
  }

  /// Sends a request, but not its whole body.
  private func half(_ beginning: String, at door: Door) throws -> RawConnection {
    let connection = try RawConnection(toPort: door.gateway.port)
    connection.send(
      "POST /api/v3/images/generations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
        + "Content-Type: application/json\r\n\r\n\(beginning)")
    return connection
  }

  private func expectOverdue(_ connection: RawConnection) throws {
    let (head, body) = try #require(connection.readRequest())
    #expect(head.hasPrefix("HTTP/1.1 408 "))
    #expect(try Reply.read(body).error?.code == "RequestTimeout")
  }

  @Test func theProvidersRefusalKeepsStatusPauseAndWordsButNotTheKey() async throws {
    let provider = try RawServer { connection in
      connection.readRequest()
      let body =
        #"{"error":{"code":"ModelAccountIpmRateLimitExceeded","message":"slow down, key-of-the-provider","param":"","type":"TooManyRequests"}}"#
      connection.send(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      )
    }
    let door = try Door(provider)
    for path in ["/byteplus-generate", "/v1/images/generations"] {
      let answer = try await door.post(path, #"{"model":"ep-1","prompt":"a"}"#)
      #expect(answer.status == 429)
      #expect(answer.head["Retry-After"] == "7")
      let error = try #require(try answer.read().error)
      #expect(error.code == "ModelAccountIpmRateLimitExceeded")
      #expect(error.message == "slow down, [key]")
    }
    #expect(provider.heads.all.allSatisfy { $0.contains("Bearer key-of-the-provider") })
  }

  @Test func whatMayHaveBeenDrawnIsNotToBeSentAgain() async throws {
    let provider = try RawServer { $0.readRequest() }
    let door = try Door(provider)
    let answer = try await door.post(
      "/v1/images/generations", #"{"model":"ep-1","prompt":"a"}"#)
    #expect(answer.status == 502)
    #expect(answer.head["X-Should-Retry"] == "false")
  }
}

/// What Seedream 5.0 pro and 5.5 refuse of a background, in the words of the live service.
@Suite struct BackgroundRefusalTests {
  private static func invalid(_ name: String, _ reason: String) -> String {
    "The parameter `\(name)` specified in the request is not valid: \(reason)"
  }

  static let cases = [
    RefusalTests.Case(
      members: #""model":"dola-seedream-5-0-pro-260628","background":"transparent""#,
      message: invalid("background", "transparent background requires exactly one input image"),
      param: "background"),
    RefusalTests.Case(
      members:
        #""model":"dola-seedream-5-5-261028","background":"transparent","output_format":"jpeg""#,
      message: invalid("output_format", "must be png when background is transparent"),
      param: "output_format"),
    RefusalTests.Case(
      members: #""model":"dola-seedream-5-0-pro-260628","background":"auto""#,
      message: invalid("background", "must be one of: opaque, transparent"), param: "background"),
    RefusalTests.Case(
      members: #""model":"seedream-4-5-251128","background":"opaque""#,
      message: invalid(
        "background", "the parameter `background` is not supported by the current model."),
      param: "background"),
    RefusalTests.Case(
      members: #""model":"dola-seedream-5-5-261028","background":"blue""#,
      message: invalid("background", "must be one of: auto, opaque, transparent"),
      param: "background"),
  ]

  @Test(arguments: cases) func arkRefusesABackgroundInTheVendorsWords(
    _ one: RefusalTests.Case
  ) async throws {
    let answer = try await Door().post(
      "/api/v3/images/generations", #"{"prompt":"a",\#(one.members)}"#)
    #expect(answer.status == one.status)
    let error = try #require(try answer.read().error)
    #expect(error.message.contains(one.message))
    #expect(error.param == one.param)
  }

  /// The live service refuses the member even as `false`: it is taken here, and never passed on.
  @Test func aStreamThatIsFalseIsNotPassedOn() async throws {
    let bodies = Collected<String>()
    let provider = try RawServer { connection in
      bodies.append(String(decoding: connection.readRequest()?.body ?? [], as: UTF8.self))
      let body = #"{"data":[{"url":"https://example.com/a.png"}]}"#
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
    let door = try Door(provider)
    for model in ["dola-seedream-5-0-pro-260628", "dola-seedream-5-5-261028", "flash"] {
      let answer = try await door.post(
        "/api/v3/images/generations", #"{"prompt":"a","stream":false,"model":"\#(model)"}"#)
      #expect(answer.status == 200, "\(model)")
    }
    #expect(bodies.all.count == 3 && bodies.all.allSatisfy { !$0.contains("stream") })
  }
}
