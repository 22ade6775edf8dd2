import CMicrohttpd
import Glibc

// What libmicrohttpd calls, all on its own thread. The context is the ServerCore, which the server
// keeps alive; a request's own context is its ServerExchange, retained from the first call to the last.

func requestCallback(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ bytes: UnsafePointer<CChar>?,
  _ count: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context = unsafe context, let connection = unsafe connection, let slot = unsafe slot,
    let count = unsafe count, let url = unsafe url, let method = unsafe method,
    let version = unsafe version
  else { return .NO }
  let isImproper = unsafe cmhd_is_improper(slot.pointee) != 0
  if isImproper { unsafe slot.pointee = nil }
  guard let known = unsafe slot.pointee else {
    let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
    let head = unsafe RequestHead(connection, method, url, version, isImproper: isImproper)
    let reader = RequestHeadReader(head)
    let handle = unsafe ForeignHandle(connection)
    let socket = unsafe cmhd_socket(connection)
    let known = unsafe cmhd_socket_context(connection).map {
      unsafe Unmanaged<ServerConnection>.fromOpaque($0).takeUnretainedValue()
    }
    known?.headArrived()
    let refusal = reader.refusal(core.screen) ?? core.screen.refusal(reader.request)
    let oversized = refusal == nil ? core.oversized(reader.request) : nil
    let exchange = core.begin { id in
      ServerExchange(
        id: id, core: core, handle: handle, connection: known, socket: socket,
        request: reader.request,
        refusal: refusal ?? oversized,
        isMalformed: reader.fault != nil || core.isHopeless(reader.request),
        takesInterim: head.version == "HTTP/1.1")
    }
    guard let exchange else { return .NO }
    unsafe slot.pointee = unsafe Unmanaged.passRetained(exchange).toOpaque()
    if oversized != nil, !exchange.isRefusedUnsent { exchange.tellOversized() }
    guard exchange.isRefusedUnsent, case .queue(let reply, _) = exchange.proceed() else {
      return .YES
    }
    return unsafe ReplyQueue(connection).queue(reply, nil) ? .YES : .NO
  }
  let exchange = unsafe Unmanaged<ServerExchange>.fromOpaque(known).takeUnretainedValue()
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
  // One that was given up before its head was there.
  if unsafe cmhd_is_improper(known) != 0 { return }
  unsafe Unmanaged<ServerExchange>.fromOpaque(known).takeRetainedValue().completed()
}

/// Leaves escapes as they are: libmicrohttpd's own decoding turns %00 into the end of a C string.
func unescapeCallback(
  _: UnsafeMutableRawPointer?, _: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?
) -> Int {
  unsafe text.map { unsafe strlen($0) } ?? 0
}

func connectionCallback(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ what: MHD_ConnectionNotificationCode
) {
  guard let context = unsafe context, let connection = unsafe connection, let slot = unsafe slot
  else { return }
  let core = unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
  if cmhd_is_start(what) != 0 {
    let known = core.connected(unsafe cmhd_socket(connection))
    unsafe slot.pointee = unsafe Unmanaged.passRetained(known).toOpaque()
  } else if let known = unsafe slot.pointee {
    unsafe slot.pointee = nil
    core.connections.remove(
      unsafe Unmanaged<ServerConnection>.fromOpaque(known).takeRetainedValue())
  }
}

/// libmicrohttpd refuses what it cannot read.
func refusalCallback(_ context: UnsafeMutableRawPointer?, _: Int32, _ status: UInt32) {
  guard let context = unsafe context else { return }
  let connection = unsafe Unmanaged<ServerConnection>.fromOpaque(context).takeUnretainedValue()
  // What the library has no memory for is a line of the request that is too long: no fault of the server's, which
  // clients would try again.
  let status = status == 500 ? 413 : status
  let sentence =
    switch status {
    case 413: "A part of the request is larger than what this server can take in."
    case 414: "The address of the request is too long."
    case 431: "The head of the request is too long."
    case 505: "The server speaks HTTP/1.1."
    default: "The request is not proper HTTP."
    }
  connection.refuse(RequestFraming.Fault(sentence, status: Int(status)))
}
