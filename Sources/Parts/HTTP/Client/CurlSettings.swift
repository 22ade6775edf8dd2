import CCurl
import Glibc

/// What all transfers of one client share.
struct CurlSettings: Sendable {
  let userAgent: String
  /// Files and directories of trusted certificates; nil is the system's own.
  let certificateFile: String?
  let certificateDirectory: String?
  /// Whether libcurl may find a proxy in the environment, see libcurl-env(3).
  let hasProxy: Bool

  /// Reads the variables that curl(1) reads; libcurl itself does not.
  init(userAgent: String, variable: (String) -> String? = Self.environment) {
    func value(_ name: String) -> String? {
      variable(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    self.userAgent = userAgent
    hasProxy = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
      .contains { value($0) != nil }
    if let bundle = value("CURL_CA_BUNDLE") {
      certificateFile = bundle
      certificateDirectory = nil
    } else {
      certificateFile = value("SSL_CERT_FILE")
      certificateDirectory = value("SSL_CERT_DIR")
    }
  }

  static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
