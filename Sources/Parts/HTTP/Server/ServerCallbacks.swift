import CMicrohttpd
import Glibc

// What libmicrohttpd calls, all on its own thread. The context is the ServerCore, which the server
// keeps alive; a request's own context is its Exchange, retained from the first call to the last.

func requestCallback(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _: UnsafePointer<CChar>?, _ bytes: UnsafePointer<CChar>?,
  _ count: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context = unsafe context, let connection = unsafe connection, let slot = unsafe slot,
    let count = unsafe count, let url = unsafe url, let method = unsafe method
  else { return .NO }
  guard let known = unsafe slot.pointee else {
    let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
    let reader = unsafe RequestReader(
      connection, method: String(cString: method), url: String(cString: url))
    let handle = unsafe ForeignHandle(connection)
    let socket = unsafe cmhd_socket(connection)
    let exchange = core.begin { id in
      Exchange(
        id: id, core: core, connection: handle, socket: socket, request: reader.request,
        refusal: reader.refusal ?? core.screen.refusal(reader.request)
          ?? core.oversized(reader.request))
    }
    guard let exchange else { return .NO }
    unsafe slot.pointee = unsafe Unmanaged.passRetained(exchange).toOpaque()
    guard exchange.isRefusedUnsent, case .queue(let reply, _) = exchange.proceed() else {
      return .YES
    }
    return unsafe ReplyQueue(connection).queue(reply, nil) ? .YES : .NO
  }
  let exchange = unsafe Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  if unsafe count.pointee > 0 {
    let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: count.pointee)
    unsafe count.pointee = 0
    return unsafe exchange.receive(piece) ? .YES : .NO
  }
  switch exchange.proceed() {
  case .wait: return .YES
  case .drop: return .NO
  case .queue(let reply, let writer):
    return unsafe ReplyQueue(connection).queue(reply, writer) ? .YES : .NO
  }
}

func completedCallback(
  _: UnsafeMutableRawPointer?, _: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _: MHD_RequestTerminationCode
) {
  guard let slot = unsafe slot, let known = unsafe slot.pointee else { return }
  unsafe slot.pointee = nil
  unsafe Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue().completed()
}

/// Leaves escapes as they are: libmicrohttpd's own decoding turns %00 into the end of a C string.
func unescapeCallback(
  _: UnsafeMutableRawPointer?, _: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?
) -> Int {
  unsafe text.map { unsafe strlen($0) } ?? 0
}

/// Reads a request's head out of libmicrohttpd.
struct RequestReader {
  /// The request without its body; its path is empty if it cannot be read.
  let request: HTTPServerRequest
  private let isReadable: Bool

  init(_ connection: OpaquePointer, method: String, url: String) {
    let query = unsafe Self.values(connection, .GET_ARGUMENT_KIND).map { raw in
      (PercentDecoding.decode(raw.name.utf8), PercentDecoding.decode(raw.value.utf8))
    }
    let path = url.hasPrefix("/") ? PercentDecoding.decode(url.utf8) : nil
    isReadable = path != nil && query.allSatisfy { $0.0 != nil && $0.1 != nil }
    request = unsafe HTTPServerRequest(
      method: method, path: path ?? "",
      query: query.map { HTTPHeader($0.0 ?? "", $0.1 ?? "") },
      headers: Self.values(connection, .HEADER_KIND))
  }

  /// The reply to a request that no handler is to see.
  var refusal: HTTPReply? {
    isReadable ? nil : .text(400, "The address of the request is not proper.")
  }

  private static func values(
    _ connection: OpaquePointer, _ kind: MHD_ValueKind
  ) -> [HTTPHeader] {
    var headers: [HTTPHeader] = []
    unsafe withUnsafeMutablePointer(to: &headers) { list in
      _ = unsafe MHD_get_connection_values_n(connection, kind, valueCallback, list)
    }
    return headers
  }
}

private func valueCallback(
  _ context: UnsafeMutableRawPointer?, _: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
  _ nameLength: Int, _ value: UnsafePointer<CChar>?, _ valueLength: Int
) -> MHD_Result {
  func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
    unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }
  let header = unsafe HTTPHeader(text(name, nameLength), text(value, valueLength))
  unsafe context?.assumingMemoryBound(to: [HTTPHeader].self).pointee.append(header)
  return .YES
}
