import Testing

@testable import HTTP

@Suite struct CertificateTests {
  private func settings(_ variables: [String: String]) -> CurlSettings {
    CurlSettings(userAgent: "darkroom-tests/1") { variables[$0] }
  }

  @Test func theSystemsOwnAreTrustedUnlessToldOtherwise() {
    let settings = settings(["SSL_CERT_FILE": "", "CURL_CA_BUNDLE": ""])
    #expect(settings.certificateFile == nil)
    #expect(settings.certificateDirectory == nil)
  }

  @Test func fileAndDirectoryCanBeNamedTogether() {
    let settings = settings(["SSL_CERT_FILE": "/a.pem", "SSL_CERT_DIR": "/certs"])
    #expect(settings.certificateFile == "/a.pem")
    #expect(settings.certificateDirectory == "/certs")
  }

  @Test func curlsOwnVariableGoesFirst() {
    let settings = settings([
      "CURL_CA_BUNDLE": "/b.pem", "SSL_CERT_FILE": "/a.pem", "SSL_CERT_DIR": "/certs",
    ])
    #expect(settings.certificateFile == "/b.pem")
    #expect(settings.certificateDirectory == nil)
  }
}
