import HTTP
import Posix
import Synchronization
import TestSupport
import Testing

/// The gateway as a process.
@Suite(.serialized) struct ServeTests {
  @Test func anAddressBeyondThisMachineIsRefusedWithoutKeys() throws {
    let home = try ProgramHome()
    let outcome = try home.run("serve", "--listen", "0.0.0.0:0")
    #expect(outcome.status == .exited(1))
    #expect(outcome.narration.contains("--require-key-file"))
  }

  @Test func itSaysWhereItListensAndForWhomAndEndsWhenAsked() async throws {
    let home = try ProgramHome()
    let serving = try Serving(home, "--provider", "sandbox")
    #expect(serving.greeting.contains("for programs of this machine, in front of 'sandbox'"))
    let client = try HTTPClient(userAgent: "test")
    #expect(try await client.fetch(HTTPRequest(url: serving.url + "/healthz")).status == 200)
    let answer = try await client.fetch(
      serving.request("/byteplus-generate", #"{"model":"ep-1","prompt":"a","size":"1K"}"#))
    #expect(answer.status == 200)
    #expect(try serving.end() == .exited(0))
  }

  /// Fifteen pictures of 8 MB in base64 each.
  @Test(arguments: [
    (path: "/api/v3/images/generations", form: "data:"),
    ("/api/v3/images/generations", "{\"data\":["),
    ("/byteplus-generate", "{\"data\":["), ("/byteplus-generate", "{\"images\":["),
    ("/byteplus-generate", "{\"code\":0,\"data\":{\"data\":["),
  ])
  func memoryIsFlatInTheSizeOfThePictures(_ path: String, _ form: String) async throws {
    let streams = form == "data:"
    let signature = "iVBORw0KGgoAAAANSUhEUgAA"
    let picture =
      Array(signature.utf8)
      + [UInt8](repeating: UInt8(ascii: "A"), count: (8 << 20) - signature.count)
    let provider = try RawServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
      if !streams { connection.send(form) }
      for index in 0..<15 {
        let type = "image_generation.partial_succeeded"
        connection.send(
          streams
            ? "event: \(type)\ndata: {\"type\":\"\(type)\",\"image_index\":\(index),\"b64_json\":\""
            : "\(index > 0 ? "," : ""){\"b64_json\":\"")
        connection.send(picture)
        connection.send("\"}" + (streams ? "\n\n" : ""))
      }
      let rest = form.hasSuffix("data\":{\"data\":[") ? "]}}" : "]}"
      connection.send(streams ? "data: [DONE]\n\n" : rest)
    }
    let home = try ProgramHome()
    home.variables["ARK_API_KEY"] = "a-key"
    let serving = try Serving(home, "--provider", "ark", "--base-url", provider.url)
    let client = try HTTPClient(userAgent: "test")
    let count = Atomic<Int>(0)
    let body =
      #"{"model":"seedream-4.0","prompt":"a","response_format":"b64_json","stream":\#(streams),"#
      + #""sequential_image_generation":"auto"}"#
    _ = try await client.stream(serving.request(path, body)) { piece in
      count.add(piece.count, ordering: .relaxed)
    }
    #expect(count.load(ordering: .relaxed) > 15 * picture.count)
    #expect(try serving.peakMemory < 48 << 20)
    #expect(try serving.end() == .exited(0))
  }

  /// Each has its first event and waits for the next one when all are open.
  @Test(.enabled(if: manyDescriptors, "this system lets a process open too few files"))
  func aThousandStreamsAreOpenAtOnce() async throws {
    let count = 1000
    @Sendable func event(_ index: Int) -> [UInt8] {
      let type = "image_generation.partial_succeeded"
      return Array(
        "event: \(type)\ndata: {\"type\":\"\(type)\",\"image_index\":\(index)}\n\n".utf8)
    }
    let gate = Gate()
    let provider = try ScriptedProvider { _, _ in
      HTTPReply(
        headers: [HTTPHeader("Content-Type", "text/event-stream")],
        body: .stream { writer in
          try? await writer.write(event(0))
          await gate.pass()
          try? await writer.write(event(1) + Array("data: [DONE]\n\n".utf8))
        })
    }
    defer { provider.stop() }
    let home = try ProgramHome()
    home.variables["ARK_API_KEY"] = "a-key"
    let serving = try Serving(
      home, "--provider", "ark", "--base-url", "http://127.0.0.1:\(provider.port)")
    let log = try WorkThread { for _ in 0..<count { _ = try? serving.nextLine() } }
    let client = try HTTPClient(userAgent: "test")
    let body = #"{"model":"seedream-4.0","prompt":"a","stream":true}"#
    let (firsts, feed) = AsyncStream.makeStream(of: Void.self)
    let replies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<count {
        group.addTask {
          let received = Collected<UInt8>()
          _ = try await client.stream(serving.request("/api/v3/images/generations", body)) {
            if received.all.isEmpty { feed.yield() }
            received.append(contentsOf: $0)
          }
          return received.all
        }
      }
      var open = 0
      for await _ in firsts {
        open += 1
        if open == count { break }
      }
      let metrics = try await client.fetch(HTTPRequest(url: serving.url + "/metrics"))
      #expect(
        String(decoding: metrics.body, as: UTF8.self).contains("darkroom_open_streams \(count)\n"))
      gate.open()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let whole = event(0) + event(1) + Array("data: [DONE]\n\n".utf8)
    #expect(replies.count { $0 == whole } == count)
    log.join()
    #expect(try serving.end() == .exited(0))
  }

  /// Both ends of the streams are in this process.
  private static var manyDescriptors: Bool {
    ThisProcess.raiseLimits()
    return ThisProcess.limitFault(descriptors: 4096, fileBytes: 0) == nil
  }
}
