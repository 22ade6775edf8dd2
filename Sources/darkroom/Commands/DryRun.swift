import Gallery
import Imaging
import Posix
import Seedream
import Settings

/// What would be sent, without sending it: the body as JSON, then a curl command that does the same.
struct DryRun {
  let workspace: Workspace

  /// Prints the request.
  /// - Throws: `CommandFailure` with what the model would refuse.
  func run(_ request: GenerationRequest) throws -> ExitStatus {
    let profile = workspace.choice.profile
    guard let dialect = profile.effectiveDialect(at: workspace.baseURL) else {
      throw CommandFailure("provider '\(profile.name)' speaks an unknown dialect")
    }
    var request = profile.namingFamily(of: request)
    let problems = workspace.catalogue.problems(
      of: request, on: dialect.site, limits: dialect.limits)
    if let failure = CommandFailure(problems.filter { $0.severity == .blocking }) { throw failure }
    for advice in problems { Console.narrate(advice.message) }
    let files = try request.references.map(file)
    request.references = try zip(request.references, files).map { reference, path in
      guard let path else { return reference }
      return .stored(try described(path))
    }
    let wire = try dialect.encode(request, for: workspace.catalogue.model(of: request))
    Console.print(wire.jsonPreview)
    Console.print("")
    Console.print(
      wire.curlCommand(
        baseURL: dialect.baseURL.isEmpty ? "http://sandbox.invalid/api/v3" : dialect.baseURL,
        keyVariable: profile.keyEnvironment.first ?? "API_KEY",
        authentication: dialect.authentication, path: { files[$0] ?? "" }))
    Console.narrate(PriceNote(request, workspace).sentence)
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
      let reader = GalleryReader(GalleryLayout(root: workspace.gallery))
      return reader.layout.path(relative: try reader.picture(id).path)
    }
  }

  /// As it would be stored; its hash is not needed for showing.
  private func described(_ path: String) throws -> StoredReference {
    let header = try PixelDecoder.header(file: path)
    guard let format = ImageFormat(rawValue: header.format.rawValue) else {
      throw CommandFailure("reference '\(path)' is of a format no provider takes")
    }
    return StoredReference(
      sha256: String(repeating: "0", count: 64), format: format,
      byteCount: try FileInformation(of: path).size, origin: path)
  }
}
