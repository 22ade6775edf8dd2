import CMicrohttpd
import CServerHooks
import Glibc
import Posix

/// Turns a reply into a response of libmicrohttpd and queues it, on libmicrohttpd's thread.
@safe struct ReplyQueue {
  /// How much libmicrohttpd asks of us at a time.
  private static let blockSize = 64 << 10
  /// Up to here libmicrohttpd gets a copy, which it sends together with the head.
  private static let copied = 16 << 10

  private let connection: OpaquePointer

  init(_ connection: OpaquePointer) { unsafe self.connection = connection }

  /// False closes the connection: not even an error could be sent.
  func queue(_ reply: HTTPReply, _ writer: HTTPReplyWriter?) -> Bool {
    if let response = unsafe response(reply, writer) {
      defer { unsafe MHD_destroy_response(response) }
      let isProper = reply.headers.allSatisfy { header in
        unsafe MHD_add_response_header(response, header.name, header.value) == .YES
      }
      if isProper, (200...999).contains(reply.status),
        unsafe queue(reply.status, response)
      {
        return true
      }
    }
    writer?.abandon()
    guard let response = unsafe bytes(Array("The reply could not be sent.\n".utf8)) else {
      return false
    }
    defer { unsafe MHD_destroy_response(response) }
    return unsafe queue(500, response)
  }

  @unsafe private func queue(_ status: Int, _ response: OpaquePointer) -> Bool {
    unsafe cserver_queue(
      UnsafeMutableRawPointer(connection), UInt32(status), UnsafeMutableRawPointer(response)) != 0
  }

  @unsafe private func response(
    _ reply: HTTPReply, _ writer: HTTPReplyWriter?
  ) -> OpaquePointer? {
    switch reply.body {
    case .bytes(let content): return unsafe bytes(content)
    case .file(let path, let offset, let length):
      return unsafe file(path, offset: offset, length: length)
    case .stream:
      guard let writer else { return nil }
      let context = unsafe Unmanaged.passRetained(writer)
      let response = unsafe MHD_create_response_from_callback(
        cmhd_size_unknown, Self.blockSize, streamCallback, context.toOpaque(), releaseCallback)
      if unsafe response == nil { unsafe context.release() }
      return unsafe response
    }
  }

  @unsafe private func bytes(_ content: [UInt8]) -> OpaquePointer? {
    if content.count <= Self.copied {
      return unsafe content.withUnsafeBytes { bytes in
        unsafe MHD_create_response_from_buffer(
          bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress),
          .RESPMEM_MUST_COPY)
      }
    }
    let context = unsafe Unmanaged.passRetained(Content(content))
    let response = unsafe MHD_create_response_from_callback(
      UInt64(content.count), max(1, min(content.count, Self.blockSize)), contentCallback,
      context.toOpaque(), releaseCallback)
    if unsafe response == nil { unsafe context.release() }
    return unsafe response
  }

  /// The response owns the descriptor once it exists.
  @unsafe private func file(_ path: String, offset: Int, length: Int) -> OpaquePointer? {
    guard offset >= 0, length >= 0 else { return nil }
    guard let file = try? FileDescriptor(readingWithoutLinks: path) else { return nil }
    let descriptor = file.release()
    var status = stat()
    let isThere =
      unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && offset <= status.st_size && length <= Int(status.st_size) - offset
    if isThere,
      let response = unsafe MHD_create_response_from_fd_at_offset64(
        UInt64(length), descriptor, UInt64(offset))
    {
      return unsafe response
    }
    close(descriptor)
    return nil
  }
}

/// A body in memory, without a copy of libmicrohttpd's own.
private final class Content: Sendable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
}

private func contentCallback(
  _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?,
  _ room: Int
) -> Int {
  guard let context = unsafe context else { return cmhd_end_with_error }
  let content = unsafe Unmanaged<Content>.fromOpaque(context).takeUnretainedValue()
  let rest = content.bytes.dropFirst(Int(position)).prefix(room)
  guard !rest.isEmpty else { return cmhd_end_of_stream }
  unsafe UnsafeMutableRawBufferPointer(start: buffer, count: room).copyBytes(from: rest)
  return rest.count
}

private func streamCallback(
  _ context: UnsafeMutableRawPointer?, _: UInt64, _ buffer: UnsafeMutablePointer<CChar>?,
  _ room: Int
) -> Int {
  guard let context = unsafe context else { return cmhd_end_with_error }
  let writer = unsafe Unmanaged<HTTPReplyWriter>.fromOpaque(context).takeUnretainedValue()
  let space = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: room)
  switch unsafe writer.supply(space) {
  case .bytes(let count): return count
  case .suspended: return 0
  case .end: return cmhd_end_of_stream
  case .broken: return cmhd_end_with_error
  }
}

private func releaseCallback(_ context: UnsafeMutableRawPointer?) {
  guard let context = unsafe context else { return }
  unsafe Unmanaged<AnyObject>.fromOpaque(context).release()
}
