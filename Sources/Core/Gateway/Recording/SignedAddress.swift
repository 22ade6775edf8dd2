import HTTP
import Jobs
import Posix
import Seedream

/// Addresses of recorded pictures, `/files/k7f2-1.jpeg?expires=…&signature=…`: for 24 hours, as the vendor's
/// are, and good at every gateway of the gallery.
struct SignedAddress {
  /// How long an address works, in seconds.
  private static let lifetime = 86_400

  let recorder: Recorder
  /// Scheme, host and port as the client calls this gateway.
  private let origin: String

  init(_ recorder: Recorder, for request: HTTPServerRequest) {
    self.recorder = recorder
    origin = request.origin
  }

  func text(of picture: SavedPicture) -> String {
    let ending = picture.format?.rawValue ?? "bin"
    let path = "\(Endpoint.files.rawValue)\(picture.id).\(ending)"
    let expires = "\(Int(SystemClock.secondsSince1970) + Self.lifetime)"
    let signature = recorder.sign(Self.signed(path, expires))
    return "\(origin)\(path)?expires=\(expires)&signature=\(signature)"
  }

  /// The id of the picture that is asked for.
  ///
  /// - Throws: For an address that was not given out in this gallery, or has expired.
  static func picture(
    of request: HTTPServerRequest, _ recorder: Recorder
  ) throws(Refusal) -> String {
    let expires = request.parameter("expires") ?? ""
    let signature = request.parameter("signature") ?? ""
    guard recorder.isSignature(signature, signed(request.path, expires)) else { throw .forged }
    // What is signed is ours, and a number.
    guard let time = Int(expires), Double(time) > SystemClock.secondsSince1970 else {
      throw .expired
    }
    return String(request.path.dropFirst(Endpoint.files.rawValue.count).prefix { $0 != "." })
  }

  private static func signed(_ path: String, _ expires: String) -> String {
    "\(path)\n\(expires)"
  }
}

extension Refusal {
  static let forged = Refusal(
    status: 403, code: "SignatureDoesNotMatch",
    message: "The address was not given out here, or was changed.", type: "Forbidden")
  static let expired = Refusal(
    status: 403, code: "AccessDenied", message: "The address has expired.", type: "Forbidden")
}
