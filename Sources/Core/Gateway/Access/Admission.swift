import HTTP
import Posix
import Seedream

/// Who may ask.
struct Admission: Sendable {
  /// Nil lets everybody on this machine in.
  let keys: KeyRing?
  /// Names for this gateway, in small letters, beside those of this machine.
  let hosts: Set<String>

  func check(_ request: HTTPServerRequest, at endpoint: Endpoint) throws(Refusal) {
    guard endpoint.isGuarded else { return }
    guard let keys else { return try checkOrigin(request) }
    let bearer = request.header("Authorization").flatMap { value in
      value.lowercased().hasPrefix("bearer ") ? String(value.dropFirst(7)) : nil
    }
    let given = bearer ?? request.header("Ocp-Apim-Subscription-Key") ?? ""
    guard keys.admits(given) else { throw .noKey }
  }

  /// Without keys only who calls the gateway by a name of its own is answered, whatever is asked for. A page
  /// of the web whose name was made to lead here (DNS rebinding) is to its browser of one origin with us, and
  /// gives itself away by that name alone. Where there are keys the page has none.
  func checkHost(of request: HTTPServerRequest) throws(Refusal) {
    guard keys == nil else { return }
    for header in request.headers where header.name.lowercased() == "host" {
      guard isOwn(header.value) else { throw .misdirected(to: header.value) }
    }
  }

  /// A page of the web that a browser of this machine shows must not spend the user's money.
  private func checkOrigin(_ request: HTTPServerRequest) throws(Refusal) {
    guard let origin = request.header("Origin") else { return }
    let host = origin.firstRange(of: "://").map { String(origin[$0.upperBound...]) } ?? origin
    guard !isOwn(host) else { return }
    throw .webPage
  }

  /// - Parameter authority: A host, and perhaps a port.
  private func isOwn(_ authority: String) -> Bool {
    let text = authority.lowercased()
    guard let address = ListenAddress(text) ?? ListenAddress("\(text):80"), !text.hasPrefix(":"),
      !text.isEmpty
    else { return false }
    let name = address.host.hasSuffix(".") ? String(address.host.dropLast()) : address.host
    return PrivateHost.isLoopback(name) || hosts.contains(name)
  }
}

extension Refusal {
  /// Asked for under a name that is none of the gateway's (RFC 9110, section 15.5.20).
  static func misdirected(to host: String) -> Refusal {
    Refusal(
      status: 421, code: "MisdirectedRequest",
      message: "This gateway does not go by the name '\(printable(String(host.prefix(60))))': "
        + "whoever runs it can tell it with --host.", type: "BadRequest")
  }
}
