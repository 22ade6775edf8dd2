import Gallery
import Jobs
import Posix
import Seedream
import TestSupport

@testable import Studio

/// A gallery on a small disk of its own, and the studio that works on it.
struct DiskBench {
  let disk: MountedDisk
  let state: TemporaryDirectory
  let studio: Studio

  init(
    _ disk: MountedDisk? = nil, state: TemporaryDirectory? = nil, hasRefuge: Bool = true
  ) async throws {
    self.disk = try disk ?? MountedDisk(megabytes: 16)
    self.state = try state ?? TemporaryDirectory()
    studio = try await Studio(
      gallery: self.disk.path + "/gallery", program: "Darkroom 0.1.0",
      options: StudioOptions(
        retries: Bench.quick, stateDirectory: hasRefuge ? self.state.path : nil, probePause: 0.02))
  }

  var layout: GalleryLayout { GalleryLayout(root: disk.path + "/gallery") }

  func submit(
    _ request: GenerationRequest, on provider: ScriptedProvider
  ) async throws -> JobStatus {
    try await studio.submit(
      JobSubmission(request: request, provider: provider.connection, key: nil))
  }

  /// Hands in a request and waits until its job is over and everything of it is in the gallery.
  func run(_ request: GenerationRequest, on provider: ScriptedProvider) async throws -> JobStatus {
    let listener = studio.hub.listen()
    defer { studio.hub.remove(listener) }
    let id = try await submit(request, on: provider).id
    return try await listener.first(of: id) { $0.state.isFinal }
  }

  /// What the gallery has, by the hash of the bytes as they came; everything must be in order.
  func received() throws -> [String] {
    let reader = GalleryAccess(layout).makeIndex()
    return try reader.newest(limit: 100).map {
      try BirthRecord(ofPicture: layout.path(relative: $0.path)).file.receivedSHA256
    }
  }
}

/// What can happen to the disk of a gallery.
enum Mishap: String, CaseIterable, Sendable {
  case full, readOnly, gone

  func happen(to disk: MountedDisk) throws {
    switch self {
    case .full: try disk.fill()
    case .readOnly: try disk.makeReadOnly()
    case .gone: try disk.vanish()
    }
  }

  func end(on disk: MountedDisk) throws {
    switch self {
    case .full: try disk.makeRoom()
    case .readOnly: try disk.makeWritable()
    case .gone: try disk.comeBack()
    }
  }

  /// What the sentence must say.
  var word: String {
    switch self {
    case .full: "full"
    case .readOnly: "read-only"
    case .gone: "is gone"
    }
  }
}
