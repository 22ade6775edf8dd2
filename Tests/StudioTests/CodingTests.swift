import Gallery
import HTTP
import Hashing
import Jobs
import Seedream
import TestSupport
import Testing

@testable import Studio

/// Replies and pictures in content codings nobody asked for, and with labels nobody knows.
@Suite("Paid pictures in content codings", .timeLimit(.minutes(5))) struct CodingTests {
  @Test(
    "are saved as the pictures they are",
    arguments: [
      ("gzip", true), ("GZIP", true), ("gzip, gzip", true), ("utf-8", true), ("", true),
      ("deflate", true), ("utf-8", false), ("br", false), ("gzip", false), ("aws-chunked", false),
      ("identity", false),
    ])
  func picture(label: String, isPacked: Bool) async throws {
    let bytes = try jpeg(width: 320, height: 240)
    let wire = isPacked ? try #require(Gzip.compress(bytes)) : bytes
    let provider = try ScriptedProvider { request, _ in
      if request.method == "POST" {
        return .pictures(["http://\(request.header("Host") ?? "")/1"])
      }
      let headers = label.isEmpty ? [] : [HTTPHeader("Content-Encoding", label)]
      return HTTPReply(headers: headers, body: .bytes(wire))
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .done, "\(job.message ?? "")")
    let record = try bench.record(of: #require(job.pictures.first))
    // The hash is that of the picture, not of how it was packed.
    #expect(record.file.receivedSHA256 == SHA256.hexDigest(of: bytes))
    let fetch = try #require(provider.requests.all.first { $0.method == "GET" })
    #expect(fetch.header("Accept-Encoding") == "identity")
  }

  @Test("and a broken download of one goes on by the bytes on the wire")
  func resumed() async throws {
    let bytes = try jpeg(width: 640, height: 480)
    let wire = try #require(Gzip.compress(bytes))
    let half = wire.count / 2
    let storage = try RawServer { connection in
      let head = connection.readRequest()?.head.lowercased() ?? ""
      guard head.contains("range: bytes=\(half)-\r\n") else {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(wire.count)\r\nETag: \"v1\"\r\n")
        connection.send("Content-Encoding: gzip\r\n\r\n")
        return _ = connection.send(Array(wire[..<half]))
      }
      connection.send("HTTP/1.1 206 Partial\r\nContent-Length: \(wire.count - half)\r\n")
      connection.send("Content-Encoding: gzip\r\n")
      connection.send("Content-Range: bytes \(half)-\(wire.count - 1)/\(wire.count)\r\n\r\n")
      connection.send(Array(wire[half...]))
    }
    let provider = try ScriptedProvider { _, _ in .pictures(["http://127.0.0.1:\(storage.port)/1"])
    }
    let bench = try await Bench()
    let job = try await bench.run(small(), on: provider.connection)
    #expect(job.state == .done, "\(job.message ?? "")")
    #expect(storage.heads.all.count == 2)
    let record = try bench.record(of: #require(job.pictures.first))
    #expect(record.file.receivedSHA256 == SHA256.hexDigest(of: bytes))
  }

  @Test("and so is what a reply in any coding carries", arguments: ["gzip", "utf-8", "br", ""])
  func reply(label: String) async throws {
    let bytes = try jpeg(width: 320, height: 240)
    // The picture in it was packed once more before it was written as base64.
    for picture in [bytes, try #require(Gzip.compress(bytes))] {
      let text = "{\"created\":1,\"data\":[{\"b64_json\":\"\(base64(picture))\"}]}"
      let wire = try #require(Gzip.compress(Array(text.utf8)))
      let provider = try ScriptedProvider { _, _ in
        HTTPReply(
          headers: [HTTPHeader("Content-Type", "application/json")]
            + (label.isEmpty ? [] : [HTTPHeader("Content-Encoding", label)]),
          body: .bytes(wire))
      }
      let bench = try await Bench()
      let job = try await bench.run(small(format: .base64), on: provider.connection)
      #expect(job.state == .done, "\(job.message ?? "")")
      let record = try bench.record(of: #require(job.pictures.first))
      #expect(record.file.receivedSHA256 == SHA256.hexDigest(of: bytes))
    }
  }

  private func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let number = (group + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
      for place in 0..<4 {
        text.append(place <= group.count ? letters[number >> (18 - 6 * place) & 63] : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
