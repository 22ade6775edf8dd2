import CCurl
import Glibc

/// What all transfers of one client share.
struct CurlSettings: Sendable {
  let userAgent: String
  /// Files and directories of trusted certificates; nil is the system's own.
  let certificateFile: String?
  let certificateDirectory: String?

  /// Reads the variables that curl(1) reads; libcurl itself does not.
  init(userAgent: String) {
    self.userAgent = userAgent
    if let bundle = Self.environment("CURL_CA_BUNDLE") {
      certificateFile = bundle
      certificateDirectory = nil
    } else {
      certificateFile = Self.environment("SSL_CERT_FILE")
      certificateDirectory = Self.environment("SSL_CERT_DIR")
    }
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name).map({ unsafe String(cString: $0) }), !value.isEmpty else {
      return nil
    }
    return value
  }
}
