import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// A gallery that fails, and a key that must stay unknown.
@Suite(.timeLimit(.minutes(5))) struct TroubleTests {
  /// Puts a file where the pictures of today would go. Rights would not stop a test that runs as root.
  private func blockToday(_ layout: GalleryLayout) throws {
    try? FileManager.default.removeItem(atPath: layout.dayDirectory(.now()))
    try DurableFile.write([], to: layout.dayDirectory(.now()))
  }

  @Test func aGalleryThatCannotBeWrittenIsRefused() async throws {
    let directory = try TemporaryDirectory()
    try DurableFile.write([], to: directory.path("file"))
    let error = await studioError {
      _ = try await Studio(gallery: directory.path("file/gallery"), program: "Darkroom 0.1.0")
    }
    #expect(error?.code == .gallery)
    #expect(error?.message.contains("cannot be written") == true)
  }

  @Test(arguments: [ResponseFormat.url, .base64])
  func aGalleryThatFailsMidRun(format: ResponseFormat) async throws {
    let bytes = try jpeg()
    // It is asked for here before the studio tries by itself.
    let bench = try await Bench(options: StudioOptions(retries: Bench.quick, probePause: 1e6))
    let layout = bench.layout
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      try? blockToday(layout)
      guard format == .base64 else {
        return .pictures(["http://\(request.header("Host") ?? "")/1"])
      }
      return .json(200, #"{"data":[{"b64_json":"\#(Data(bytes).base64EncodedString())"}]}"#)
    }
    let job = try await bench.run(small(format: format), on: provider.connection)
    #expect(job.state == .failed)
    #expect(job.message?.hasPrefix("Picture 1 was drawn but not saved: ") == true)
    #expect(job.message?.contains("cannot be written") == true)
    #expect(provider.orders == 1)
    // The address is kept: with the gallery in order again, nothing needs to be bought again.
    guard format == .url else { return }
    try FileSystem.remove(layout.dayDirectory(.now()))
    let listener = bench.studio.hub.listen()
    _ = try await bench.studio.fetch(job.id)
    let fetched = try await listener.first(of: job.id) { $0.state.isFinal }
    #expect(fetched.state == .done)
    #expect(fetched.message == nil)
    #expect(provider.orders == 1)
  }

  @Test func theKeyIsNowhere() async throws {
    let key = "sk-5f3a9c01-secret-key"
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, number in
      guard request.method == "POST" else { return .picture(bytes) }
      // A provider that repeats the key wherever it can.
      let said = request.header("Authorization") ?? ""
      let host = "http://\(request.header("Host") ?? "")"
      let header = HTTPHeader("X-Request-Id", said)
      if number > 0 { return .refusal(400, said, "\(said) is wrong. Request id: \(key)", [header]) }
      let text =
        succeeded(0, host + "/0")
        + event(
          "partial_failed", #""image_index":1,"error":{"code":"\#(key)","message":"\#(said)"}"#)
        + event("completed", #""model":"\#(key)","usage":{"generated_images":1}"#)
      return HTTPReply(headers: [header], body: .bytes(Array(text.utf8)))
    }
    let bench = try await Bench()
    let traces = [bench.directory.path("first.txt"), bench.directory.path("second.txt")]
    let jobs = [
      try await bench.run(small(count: 2), on: provider.connection, key: key, trace: traces[0]),
      try await bench.run(small(), on: provider.connection, key: key, trace: traces[1]),
    ]
    #expect(provider.requests.all.first?.header("Authorization") == "Bearer \(key)")
    #expect(jobs.map(\.state) == [.partlyDone, .failed])
    let told = String(decoding: try JSONEncoder().encode(jobs), as: UTF8.self)
    let isTold = told.contains(key)
    #expect(!isTold)
    var files = 0
    for name in try FileManager.default.subpathsOfDirectory(atPath: bench.directory.path) {
      let path = bench.directory.path(name)
      guard let bytes = try? FileSystem.read(path, limit: 1 << 26) else { continue }
      files += 1
      // Comments embedded in pictures are UTF-16.
      let wide = key.utf8.flatMap { [0, $0] as [UInt8] }
      let isThere = bytes.contains(Array(key.utf8)) || bytes.contains(wide)
      #expect(!isThere, "\(name)")
    }
    // Journal, lock, index, picture, record, two traces.
    #expect(files >= 7)
  }
}
