import HTTP

/// Who may ask.
struct Admission: Sendable {
  /// Nil lets everybody on this machine in.
  let keys: KeyRing?

  func check(_ request: HTTPServerRequest, at endpoint: Endpoint) throws(Refusal) {
    guard endpoint.isGuarded else { return }
    guard let keys else { return try checkOrigin(request) }
    let bearer = request.header("Authorization").flatMap { value in
      value.lowercased().hasPrefix("bearer ") ? String(value.dropFirst(7)) : nil
    }
    let given = bearer ?? request.header("Ocp-Apim-Subscription-Key") ?? ""
    guard keys.admits(given) else { throw .noKey }
  }

  /// A page of the web that a browser of this machine shows must not spend the person's money: not even one
  /// whose name was made to lead here.
  private func checkOrigin(_ request: HTTPServerRequest) throws(Refusal) {
    guard let origin = request.header("Origin") else { return }
    let host = origin.firstRange(of: "://").map { String(origin[$0.upperBound...]) } ?? origin
    let address = ListenAddress(host) ?? ListenAddress("\(host):80")
    guard address?.isLoopback != true else { return }
    throw .webPage
  }
}
