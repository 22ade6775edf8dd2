package import HTTP
package final class SandboxServer: Sendable {
  package let baseURL = ""
  package init() throws(HTTPError) {}
}
