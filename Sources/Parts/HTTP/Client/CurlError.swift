import CCurl

extension CurlTransfer {
  /// Says in our words why libcurl ended the transfer.
  func outcomeError(_ code: CURLcode) -> HTTPError {
    let detail = unsafe String(cString: errorText)
    // It quotes addresses it cannot read, that of a proxy among them, with the user and the password.
    let isTold = !detail.isEmpty && !detail.contains("@")
    let reason = isTold ? detail : unsafe String(cString: curl_easy_strerror(code))
    switch code {
    case CURLE_URL_MALFORMAT:
      return error(.invalidURL, "This is not the address of a web server: \(reason).")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      return error(.couldNotResolve, "The name of the server is not known: \(reason).")
    case CURLE_OPERATION_TIMEDOUT: return timeout(.connect)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
      return error(.tls, "There is no secure connection to the server: \(reason).")
    case CURLE_GOT_NOTHING where isConnected, CURLE_PARTIAL_FILE where isConnected,
      CURLE_SEND_ERROR where isConnected, CURLE_RECV_ERROR where isConnected:
      return error(.cut, "The connection ended before the answer did: \(reason).")
    case CURLE_SEND_FAIL_REWIND:
      // What libcurl would have done next, in words that say nothing of it.
      return error(.cut, "The connection ended before the answer did.")
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
      return error(.invalidReply, "The answer is not proper HTTP: \(reason).")
    case CURLE_UNSUPPORTED_PROTOCOL where isConnected:
      return error(.invalidReply, "The answer is not one this program takes: \(reason).")
    case CURLE_TOO_MANY_REDIRECTS:
      return error(.tooManyRedirects, "The server redirects too often: \(reason).")
    default:
      return isConnected
        ? error(.other(Int(code.rawValue)), "The request failed: \(reason).")
        : error(.couldNotConnect, "There is no connection to the server: \(reason).")
    }
  }
}
