import App
import Gallery
import Imaging
import Posix
import Seedream
import Settings
import Studio

/// What would be sent, without sending it: the body as JSON, then a curl command that does the same.
struct DryRun {
  let workspace: Workspace

  /// Prints the request, which the model does not refuse.
  /// - Throws: `CommandFailure` or `GalleryError` with what is wrong with its references.
  func run(_ request: GenerationRequest) throws -> ExitStatus {
    let profile = workspace.choice.profile
    guard let dialect = profile.effectiveDialect(at: workspace.baseURL) else {
      throw CommandFailure("provider '\(profile.name)' speaks an unknown dialect")
    }
    var request = profile.namingFamily(of: request)
    var files: [Int: String] = [:]
    for (index, reference) in request.references.enumerated() {
      guard let path = try file(reference) else { continue }
      (request.references[index], files[index]) = try prepared(path, index)
    }
    let note = PriceNote(request, workspace)
    let count = request.requests(of: workspace.offeredModel(of: request))
    if count > 1 { request.count = 1 }
    let wire = try dialect.encode(request, for: workspace.catalogue.model(of: request))
    Console.print(wire.jsonPreview)
    Console.print("")
    Console.print(
      wire.curlCommand(
        baseURL: dialect.baseURL.isEmpty ? "http://sandbox.invalid/api/v3" : dialect.baseURL,
        keyVariable: profile.keyEnvironment.first ?? "API_KEY",
        authentication: dialect.authentication, path: { files[$0] ?? "" }))
    if count > 1 { Console.narrate("\(count) requests like this one would be sent") }
    Console.narrate(note.sentence)
    Console.narrate(
      "besides these: User-Agent \(Version.userAgent), Accept-Encoding: gzip, "
        + "and an X-Client-Request-Id of its own for each try")
    if profile.isSandbox {
      Console.narrate("the sandbox has an address only while the service runs; nothing was sent")
    }
    return .done
  }

  /// The file a reference is read from; nil for an address.
  private func file(_ reference: Reference) throws -> String? {
    switch reference {
    case .url, .stored: return nil
    case .file(let path): return path
    case .picture(let id):
      let gallery = workspace.openGallery()
      return gallery.blobs.localPath(
        of: .picture(try gallery.makeIndex().pictureAnywhere(id).path))
    }
  }

  /// As it would be sent, and where the bytes are: of a picture that is too large, in a smaller copy.
  private func prepared(_ path: String, _ index: Int) throws -> (Reference, String) {
    let limits = ReferenceLimits.wire
    do throws(GalleryError) {
      let (bytes, format) = try limits.read(file: path)
      return (.stored(described(bytes.count, format, path)), path)
    } catch {
      guard error.code == .tooLarge else { throw error }
      let reducer = workspace.reducer
      let bytes = try waiting {
        try await reducer.reduce(path, bytes: limits.maximumBytes, pixels: limits.maximumPixels)
      }
      let format: ImageFormat = bytes.starts(with: [0x89, 0x50]) ? .png : .jpeg
      let directory = Environment.value("TMPDIR") ?? "/tmp"
      let copy = directory + "/darkroom-" + Randomness.hexadecimal(byteCount: 4)
      try DurableFile.write(bytes, to: copy, mode: 0o600, replacing: false)
      Console.narrate(
        "Reference \(index + 1) is made smaller: \(error.message) The copy is \(copy).")
      return (.stored(described(bytes.count, format, path)), copy)
    }
  }

  /// Its hash is not needed for showing.
  private func described(
    _ byteCount: Int, _ format: ImageFormat, _ origin: String
  ) -> StoredReference {
    StoredReference(
      sha256: String(repeating: "0", count: 64), format: format, byteCount: byteCount,
      origin: origin)
  }
}
