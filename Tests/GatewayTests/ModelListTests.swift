import FoundationEssentials
import Gateway
import HTTP
import TestSupport
import Testing

/// What can be asked for, as a program asks.
@Suite struct ModelListTests {
  private struct List: Decodable {
    struct Entry: Decodable {
      var id: String
      var object: String
      var created: Int?
      var domain: String?
    }

    var object: String
    var data: [Entry]
  }

  @Test(arguments: ["/v1/models", "/api/v3/models"])
  func theListNamesWhatTheProviderTakes(path: String) async throws {
    let door = try Door()
    let answer = try await door.get(path)
    #expect(answer.status == 200)
    #expect(answer.head["Content-Type"] == "application/json; charset=utf-8")
    let list = try JSONDecoder().decode(List.self, from: Data(answer.body))
    #expect(list.object == "list")
    #expect(list.data.map(\.id).contains("dola-seedream-5-5-261028"))
    #expect(list.data.allSatisfy { $0.object == "model" })
    let isArk = path.hasPrefix("/api")
    #expect(list.data.allSatisfy { ($0.domain == "ImageGeneration") == isArk })
    #expect(list.data.allSatisfy { ($0.created != nil) == !isArk })
    for model in list.data where model.id.contains("4-0") {
      let request = #"{"model":"\#(model.id)","prompt":"a","size":"1K"}"#
      #expect(try await door.post("/v1/images/generations", request).status == 200)
    }
    let description = try await door.get("/openapi.json").text
    #expect(description.contains("\"\(path)\""))
  }
}
