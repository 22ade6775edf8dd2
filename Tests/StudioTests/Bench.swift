import Gallery
import HTTP
import Imaging
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

/// A gallery in a directory of its own and the studio that works on it.
struct Bench {
  let directory: TemporaryDirectory
  let studio: Studio

  /// Fast enough for tests; the shape of the pauses has tests of its own.
  static let quick = RetryPolicy(
    firstPause: 0.002, longestPause: 0.01, firstFetchPause: 1e6)

  init(
    _ directory: TemporaryDirectory? = nil, options: StudioOptions = StudioOptions(retries: quick),
    catalogue: ModelCatalogue = .builtIn
  ) async throws {
    let directory = try directory ?? TemporaryDirectory()
    self.directory = directory
    studio = try await Studio(
      gallery: directory.path("gallery"), catalogue: catalogue, program: "Darkroom 0.1.0",
      options: options)
  }

  /// Does something with a studio, ends it, and opens the next one on the same gallery.
  static func restarted<Value>(
    options: StudioOptions = StudioOptions(retries: quick), _ body: (Bench) async throws -> Value
  ) async throws -> (bench: Bench, value: Value) {
    let directory = try TemporaryDirectory()
    let value = try await ended(directory, options, body)
    while true {
      do {
        return (try await Bench(directory, options: options), value)
      } catch let error as StudioError where error.message.contains("Only one service") {
        await Task.yield()  // The last task of the first studio has not let go of it yet.
      }
    }
  }

  private static func ended<Value>(
    _ directory: TemporaryDirectory, _ options: StudioOptions,
    _ body: (Bench) async throws -> Value
  ) async throws -> Value {
    try await body(try await Bench(directory, options: options))
  }

  var layout: GalleryLayout { GalleryLayout(root: directory.path("gallery")) }

  /// Hands in a request and waits for the end of its job.
  func run(
    _ request: GenerationRequest, on provider: ProviderConnection = .sandbox, key: String? = nil,
    trace: String? = nil
  ) async throws -> JobStatus {
    let listener = studio.hub.listen()
    defer { studio.hub.remove(listener) }
    let status = try await studio.submit(
      JobSubmission(request: request, provider: provider, key: key, trace: trace))
    return try await listener.first(of: status.id) { $0.state.isFinal }
  }

  /// What the journal says happened to a job.
  func journal(of id: String) throws -> [JournalEntry.Event] {
    try JournalContents(layout).entries.filter { $0.job.description == id }.map(\.event)
  }

  func path(of picture: SavedPicture) -> String { layout.path(relative: picture.file) }

  func record(of picture: SavedPicture) throws -> BirthRecord {
    try GalleryAccess(layout).blobs.record(ofPicture: picture.file)
  }
}

extension Listener {
  /// The first status of a job that fits; the suite's time limit ends a wait in vain.
  func first(of id: String, _ isFitting: (JobStatus) -> Bool) async throws -> JobStatus {
    while let batch = await next() {
      let status = batch.jobs.first { $0.id == id && isFitting($0) }
      if let status { return status }
    }
    throw TestFailure("the events ended")
  }
}

extension [StudioEvent] {
  /// The jobs that are told of.
  var jobs: [JobStatus] {
    compactMap { if case .job(let status) = $0 { status } else { nil } }
  }
}

/// A request that every model of the fourth generation takes, drawn in a fraction of a second.
func small(
  _ prompt: String = "a red lantern in fog", references: [Reference] = [], count: Int = 1,
  format: ResponseFormat = .url, streaming: Streaming = .automatic
) -> GenerationRequest {
  GenerationRequest(
    model: "seedream-4.0", prompt: prompt, references: references,
    size: .pixels(width: 1280, height: 720), count: count, responseFormat: format,
    streaming: streaming)
}

/// The bytes of a small JPEG; another shade is another picture.
func jpeg(shade: UInt8 = 0, width: Int = 64, height: Int = 48) throws -> [UInt8] {
  var bytes: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width { bytes += [UInt8(x * 4 % 256), UInt8(y * 5 % 256), shade, 255] }
  }
  return try ImageEncoder.jpeg(Pixels(width: width, height: height, bytes: bytes), quality: 90)
}

/// The problem a studio throws.
func studioError(_ body: () async throws -> Void) async -> StudioError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? StudioError
  }
}
