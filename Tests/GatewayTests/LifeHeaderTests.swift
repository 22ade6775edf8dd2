import Gateway
import HTTP
import Seedream
import TestSupport
import Testing

/// What has ended where requests go is said with the reply, and at the one endpoint that names no model.
@Suite struct LifeHeaderTests {
  private static func options(_ standard: String? = nil) -> GatewayOptions {
    var options = GatewayOptions(standardModel: standard)
    options.notices = {
      let dialect = Dialect.ark
      let catalogue = ModelCatalogue.builtIn
      return Dictionary(
        uniqueKeysWithValues: catalogue.models.compactMap { model in
          // 2026-11-30.
          catalogue.lifeNotice(of: model, at: dialect, now: 1_796_040_000)
            .map { (model.family.rawValue, $0) }
        })
    }
    return options
  }

  private static func provider(_ status: String = "200 OK") throws -> RawServer {
    try RawServer { connection in
      _ = connection.readRequest()
      let body =
        status == "200 OK"
        ? #"{"data":[{"url":"https://example.com/a.jpg"}],"usage":{"generated_images":1}}"#
        : #"{"error":{"code":"ModelNotFound","message":"no such model"}}"#
      connection.send(
        "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nConnection: close\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
  }

  private static var ark: Dialect {
    var dialect = Dialect.ark
    dialect.standardModel = .seedream5Pro
    return dialect
  }

  @Test func aModelThatEndsIsSaidWithItsSuccessorAndPrice() async throws {
    let provider = try Self.provider()
    let door = try Door(provider, speaking: Self.ark, options: Self.options())
    let answer = try await door.post(
      "/api/v3/images/generations", #"{"model":"doubao-seedream-4-5-251128","prompt":"a"}"#)
    #expect(answer.status == 200, "\(answer.text)")
    let notice = try #require(answer.head["X-Model-Notice"])
    for words in ["Seedream 4.5 is reported to have ended", "Seedream 5.0 pro", "CNY 0.60"] {
      #expect(notice.contains(words), "\(notice)")
    }
    let other = try await door.post(
      "/api/v3/images/generations", #"{"model":"5.0-pro","prompt":"a"}"#)
    #expect(other.status == 200 && other.head["X-Model-Notice"] == nil)
    #expect(provider.heads.all.count == 2)
  }

  @Test func aRefusalOfTheProviderHasItToo() async throws {
    let provider = try Self.provider("404 Not Found")
    let door = try Door(provider, speaking: Self.ark, options: Self.options())
    let answer = try await door.post("/byteplus-generate", #"{"model":"4.0","prompt":"a"}"#)
    #expect(answer.status == 404, "\(answer.text)")
    #expect(answer.head["X-Model-Notice"]?.contains("Seedream 4.0 is reported") == true)
    #expect(provider.heads.all.count == 1)
  }

  @Test func theEditEndpointReplacesNothingSilently() async throws {
    let provider = try Self.provider()
    let door = try Door(provider, speaking: Self.ark, options: Self.options())
    let said = try #require(door.gateway.modelSentence)
    #expect(said.contains("Seedream 4.0 is reported to have ended"))
    #expect(said.hasSuffix("are drawn by Seedream 5.0 pro"))
    let answer = try await door.post("/byteplus/v1/getEditMultiImage", #"{"prompt":"a"}"#)
    #expect(answer.status == 200)
    let notice = try #require(answer.head["X-Model-Notice"])
    #expect(notice.contains("Seedream 4.0") && notice.contains("drawn by Seedream 5.0 pro"))
    let description = try JSON.read(try await door.get("/openapi.json").body)
    #expect(
      description["paths", "/byteplus/v1/getEditMultiImage", "post", "summary"]?.text?
        .hasSuffix("The model is Seedream 5.0 pro.") == true)
    // Whoever chooses is not overruled, and is told.
    let chosen = try Door(provider, speaking: Self.ark, options: Self.options("4.0"))
    #expect(chosen.gateway.modelSentence == nil)
    let other = try await chosen.post("/byteplus/v1/getEditMultiImage", #"{"prompt":"a"}"#)
    #expect(other.head["X-Model-Notice"]?.contains("It is sent as asked for.") == true)
    #expect(provider.heads.all.count == 2)
  }
}
