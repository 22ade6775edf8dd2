import FoundationEssentials
import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// A service that is killed while it files a picture, at each step.
@Suite(.timeLimit(.minutes(5))) struct CrashTests {
  enum Step: CaseIterable, Sendable {
    /// Picture and record are there; the index and the journal do not know.
    case beforeTheRow
    /// The picture has its name and nothing else.
    case beforeTheRecord
  }

  @Test(arguments: Step.allCases, [ResponseFormat.url, .base64])
  func aPictureThatIsHalfFiledIsFinished(step: Step, format: ResponseFormat) async throws {
    let bytes = try jpeg()
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else { return .picture(bytes) }
      guard format == .base64 else {
        return .pictures(["http://\(request.header("Host") ?? "")/1"])
      }
      return .json(200, #"{"data":[{"b64_json":"\#(Data(bytes).base64EncodedString())"}]}"#)
    }
    let (bench, job) = try await Bench.restarted { bench in
      let job = try await bench.run(small(format: format), on: provider.connection)
      let picture = try #require(GalleryAccess(bench.layout).makeIndex().newest(limit: 1).first)
      let path = bench.layout.path(relative: picture.path)
      if step == .beforeTheRecord { try FileSystem.remove(path + ".json") }
      // An index that knows nothing of it, and a journal without its last line.
      try FileSystem.rename(path, to: path + ".away")
      try await bench.studio.dependencies.galleryActor.reindex()
      try FileSystem.rename(path + ".away", to: path)
      let journal = bench.layout.journal(.now())
      let lines = try FileSystem.read(journal, limit: 1 << 20).split(separator: 0x0A)
      let kept = lines.filter { !String(decoding: $0, as: UTF8.self).contains(#""event":"done""#) }
      try DurableFile.write(
        Array(kept.joined(separator: [0x0A])) + [0x0A], to: journal, replacing: true)
      return job
    }
    #expect(try await bench.studio.job(job.id).state == .done)
    #expect(
      try GalleryAccess(bench.layout).makeIndex().newest(limit: 9).map(\.id.job.text) == [job.id])
    #expect(provider.requests.all.count == (format == .url ? 2 : 1))
  }
}

extension GalleryActor {
  fileprivate func reindex() throws {
    try writer.reindex()
  }
}
