import HTTP
import TestSupport
import Testing

extension WholeProgramTests {
  /// Addresses of pictures that lead on to others, behind a proxy: nobody sees there who is connected to.
  @Suite struct RedirectTests {
    @Test(arguments: [
      "http://169.254.169.254/latest", "http://x@wiki.internal/1.png", "//10.0.0.1/1.png",
      "http://127.0.0.1:1/1.png",
    ])
    func noStepLeadsInside(_ place: String) throws {
      let proxy = try ScriptedProvider { request, _ in
        func leading(to address: String) -> HTTPReply {
          HTTPReply(status: 302, headers: [HTTPHeader("Location", address)], body: .bytes([]))
        }
        switch request.path {
        case "/far": return leading(to: "near")
        case "/near": return leading(to: place)
        case _ where request.method == "POST":
          return .json(
            200, #"{"data":[{"url":"http://cdn.example.com/far"}],"usage":{"generated_images":1}}"#)
        default: return .text(404, "no")
        }
      }
      let home = try ProgramHome(
        configuration: ProgramHome.quick
          + "provider: far\nproviders:\n  far:\n    base_url: http://127.0.0.1:\(proxy.port)/api/v3\n"
          + "    key_env: FAR_KEY\n")
      home.variables["FAR_KEY"] = TestProvider.key
      home.variables["http_proxy"] = "http://127.0.0.1:\(proxy.port)"
      let outcome = try home.run("generate", "a koi")
      #expect(outcome.narration.contains("private network"), "\(outcome.narration)")
      #expect(proxy.orders == 1)
      let asked = proxy.requests.all.map { "\($0.method) \($0.header("Host") ?? "")\($0.path)" }
      #expect(
        asked.filter { $0.hasPrefix("GET cdn") }
          == ["GET cdn.example.com/far", "GET cdn.example.com/near"])
      #expect(!asked.contains { $0.contains("169.254") || $0.contains("internal") })
      #expect(!asked.contains { $0.contains("10.0.0.1") || $0.contains("127.0.0.1:1/") })
    }
  }
}
