import HTTP
import Seedream

extension GatewayService {
  /// A picture of the sandbox behind this gateway, or of the gallery it records in.
  func file(_ request: HTTPServerRequest) async throws(Refusal) -> HTTPReply {
    // Another server might take these parts for directories.
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard !parts.contains(where: { ["", ".", ".."].contains($0) }) else { throw .notFound }
    if let recorder { return try await Self.recorded(request, recorder) }
    guard upstream.isSandbox else { throw .notFound }
    let query = request.query.map {
      "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))"
    }
    let path = request.path.split(separator: "/").map { PercentEncoding.encode(String($0)) }
    var asked = HTTPRequest(
      url: "\(upstream.origin)/\(path.joined(separator: "/"))"
        + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))"))
    for name in ["Range", "If-Range"] {
      if let value = request.header(name) { asked.headers.append(HTTPHeader(name, value)) }
    }
    do {
      let answer = try await client.fetch(asked, limit: 256 << 20)
      let passed = ["Content-Type", "Content-Range", "Accept-Ranges", "ETag", "Last-Modified"]
      return HTTPReply(
        status: answer.status,
        headers: passed.compactMap { name in
          answer.head[name].map { HTTPHeader(name, $0) }
        }, body: .bytes(answer.body))
    } catch {
      throw Refusal(error)
    }
  }

  /// The kernel sends it: a picture is never in memory here.
  private static func recorded(
    _ request: HTTPServerRequest, _ recorder: Recorder
  ) async throws(Refusal) -> HTTPReply {
    let picture = try SignedAddress.picture(of: request, recorder)
    guard let file = await recorder.file(picture) else { throw .notFound }
    var reply = HTTPReply(
      headers: [
        // Nothing that a browser would run.
        HTTPHeader(
          "Content-Type", file.format.map { "image/\($0.rawValue)" } ?? "application/octet-stream"),
        HTTPHeader("Accept-Ranges", "bytes"),
      ])
    switch ByteRange(of: request, count: file.byteCount) {
    case .whole: reply.body = .file(path: file.path, offset: 0, length: file.byteCount)
    case .part(let part):
      reply.status = 206
      reply.headers.append(
        HTTPHeader(
          "Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(file.byteCount)"))
      reply.body = .file(path: file.path, offset: part.lowerBound, length: part.count)
    case .outside:
      reply.status = 416
      reply.headers.append(HTTPHeader("Content-Range", "bytes */\(file.byteCount)"))
    }
    return reply
  }
}
