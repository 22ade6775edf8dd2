import CCurl

extension CurlTransfer {
  /// Sets all options of the handle; returns the first refusal.
  func configure(_ settings: CurlSettings) -> CURLcode {
    var options = unsafe CurlOptions(easy)
    unsafe options.note(ccurl_set_private_number(easy, job.id))
    setAddress(&options)
    setMethod(&options)
    setTrust(&options, settings)
    unsafe headers = CurlTransfer.list(headerLines(settings))
    unsafe options.note(ccurl_set_headers(easy, headers))
    unsafe options.note(ccurl_set_error_buffer(easy, errorText))
    setCallbacks(&options)
    return options.code
  }

  private func setAddress(_ options: inout CurlOptions) {
    let request = job.request
    options.set(CURLOPT_URL, job.address.url)
    options.set(CURLOPT_PROTOCOLS_STR, "http,https")
    options.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    if let path = request.unixSocket { options.set(CURLOPT_UNIX_SOCKET_PATH, path) }
    if request.unixSocket != nil || job.address.isLoopback { options.set(CURLOPT_PROXY, "") }
    options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    options.set(CURLOPT_NOSIGNAL, 1)
    // Without it, cancelling waits for getaddrinfo(3); see CURLOPT_QUICK_EXIT(3).
    options.set(CURLOPT_QUICK_EXIT, 1)
    options.set(CURLOPT_TCP_KEEPALIVE, 1)
    options.set(CURLOPT_BUFFERSIZE, CurlTransfer.pieceLength)
    // Zero would mean libcurl's own 300 s: the longest it takes stands for "for ever".
    let connect = request.limits.connect.map { ($0 / Duration.milliseconds(1)).rounded(.up) }
    options.set(CURLOPT_CONNECTTIMEOUT_MS, Int(min(max(connect ?? 1e9, 1), 1e9)))
    options.set(CURLOPT_FOLLOWLOCATION, followsRedirects ? 1 : 0)
    options.set(CURLOPT_MAXREDIRS, min(request.maximumRedirects, 50))
  }

  private func setMethod(_ options: inout CurlOptions) {
    let request = job.request
    options.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    // libcurl repeats a request by itself when a reused connection dies before the answer
    // (Curl_retry_request). It does not on a fresh one, which is not kept for the next request either; nor
    // where it would have to rewind a body that comes out of a callback.
    let shares = request.sharesConnections && UploadSource.length(of: request.body) ?? 0 > 0
    if shares {
      options.set(CURLOPT_MAXAGE_CONN, CurlTransfer.longestRest)
    } else if !isHarmless {
      options.set(CURLOPT_FRESH_CONNECT, 1)
      options.set(CURLOPT_FORBID_REUSE, 1)
    }
    switch (request.method, request.body) {
    case ("GET", .none): options.set(CURLOPT_HTTPGET, 1)
    case ("HEAD", .none): options.set(CURLOPT_NOBODY, 1)
    case (_, .bytes(let bytes)) where bytes.count <= CurlTransfer.packetLength && !shares:
      // Leaves in one packet with the head. libcurl takes a copy.
      options.set(CURLOPT_POST, 1)
      options.set(CURLOPT_CUSTOMREQUEST, request.method)
      unsafe options.note(
        ccurl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
      unsafe bytes.withUnsafeBytes {
        unsafe options.note(ccurl_copy_body(easy, $0.baseAddress))
      }
    case ("POST", _), ("PUT", _), ("PATCH", _), (_, .bytes), (_, .stream):
      options.set(CURLOPT_UPLOAD, 1)
      options.set(CURLOPT_CUSTOMREQUEST, request.method)
      if let length = UploadSource.length(of: request.body) {
        unsafe options.note(ccurl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(length)))
      }
    case (_, .none): options.set(CURLOPT_CUSTOMREQUEST, request.method)
    }
  }

  private func setTrust(_ options: inout CurlOptions, _ settings: CurlSettings) {
    options.set(CURLOPT_SSL_VERIFYPEER, 1)
    options.set(CURLOPT_SSL_VERIFYHOST, 2)
    if let file = settings.certificateFile { options.set(CURLOPT_CAINFO, file) }
    if let directory = settings.certificateDirectory { options.set(CURLOPT_CAPATH, directory) }
  }

  private func headerLines(_ settings: CurlSettings) -> [String] {
    // libcurl takes "name:" as the wish to leave a header out, and "name;" as an empty one.
    var lines = job.request.headers.map {
      $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)"
    }
    if job.request.headers.first("User-Agent") == nil {
      lines.append("User-Agent: \(settings.userAgent)")
    }
    if job.request.acceptsCompression, job.request.headers.first("Accept-Encoding") == nil {
      lines.append("Accept-Encoding: gzip")
    }
    // What libcurl would add by itself.
    for name in ["Expect", "Content-Type"] where job.request.headers.first(name) == nil {
      lines.append("\(name):")
    }
    return lines
  }

  private func setCallbacks(_ options: inout CurlOptions) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe options.note(ccurl_on_connected(easy, connectedCallback, context))
    unsafe options.note(ccurl_on_header(easy, headerCallback, context))
    unsafe options.note(ccurl_on_body(easy, bodyCallback, context))
    unsafe options.note(ccurl_on_upload(easy, uploadCallback, context))
  }

  private static func list(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { unsafe list = curl_slist_append(list, line) }
    return unsafe list
  }
}

/// Sets options one after the other and remembers the first refusal.
@safe private struct CurlOptions {
  private(set) var code = CURLE_OK
  private let easy: UnsafeMutableRawPointer

  init(_ easy: UnsafeMutableRawPointer) { unsafe self.easy = easy }

  mutating func set(_ option: CURLoption, _ value: Int) {
    unsafe note(ccurl_set_long(easy, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: String) {
    unsafe note(ccurl_set_string(easy, option, value))
  }

  mutating func note(_ new: CURLcode) {
    if code == CURLE_OK { code = new }
  }
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
  unsafe context.map { unsafe Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private func connectedCallback(
  _ context: UnsafeMutableRawPointer?, _ peer: UnsafeMutablePointer<CChar>?,
  _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32
) -> Int32 {
  let peer = unsafe peer.map { unsafe String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  let goesOn = unsafe transfer(context)?.connected(to: peer)
  return goesOn == false ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK
}

private func headerCallback(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  let isTaken =
    unsafe line.withMemoryRebound(to: UInt8.self) { unsafe transfer(context)?.takeHeader($0) }
  return isTaken == true ? size * count : ccurl_abort_write
}

private func bodyCallback(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
  return
    switch unsafe piece.withMemoryRebound(
      to: UInt8.self, { unsafe transfer(context)?.takeBody($0) })
  {
  case .taken: size * count
  case .held: ccurl_pause_write
  case .stopped, nil: ccurl_abort_write
  }
}

private func uploadCallback(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  let room = unsafe UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
  return switch unsafe transfer(context)?.giveBody(room) {
  case .given(let count): count
  case .held: ccurl_pause_read
  case .stopped, nil: ccurl_abort_read
  }
}
