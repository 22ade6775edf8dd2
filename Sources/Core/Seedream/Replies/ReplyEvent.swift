/// What a reply says, in the order it says it.
///
/// Exactly one of `failed`, `unreadable`, `interrupted`, `abandoned` and `finished` ends every reply, and
/// nothing follows it. Until then every image that began is either claimed by a `picture` or dropped.
public enum ReplyEvent: Equatable, Sendable {
  /// The next bytes of a picture that comes inside the reply. Images are numbered in the order they
  /// start; which picture of the set it is, `picture` says afterwards.
  case imageBytes(image: Int, [UInt8])
  /// The bytes given for this image are of no use: a preview, damaged, or cut off.
  case imageDropped(image: Int)
  /// A picture is there.
  case picture(PictureReply)
  /// One picture of the set will not come; the others may.
  case memberRefused(index: Int, APIError)
  /// What the reply says at its end about itself.
  case completed(Completion)
  /// A part of the reply that was not understood and does not matter: for the log.
  case ignored(String)
  /// There will be no picture: the reply says so.
  case failed(APIError)
  /// The reply is over, and pictures that were drawn, or may have been, were not found in it; the error says
  /// what it holds instead. How many the provider says it generated stands in `completed`, where it says so.
  /// Never a reason to send the request again.
  case unreadable(APIError)
  /// The connection ended before the reply did: what arrived is kept, the rest is unknown. Also the
  /// end of a reply whose pictures have to be asked for: see `Completion.pending`.
  case interrupted
  /// The rest was not read, because the reply exceeds a limit of this program: what was reported
  /// before is kept.
  case abandoned(ReplyFault)
  /// Everything has been said.
  case finished

  /// Whether it says that something could not be read.
  var isUnreadable: Bool { if case .unreadable = self { true } else { false } }

  /// Whether this event ends the reply.
  public var isLast: Bool {
    switch self {
    case .failed, .unreadable, .interrupted, .abandoned, .finished: true
    default: false
    }
  }
}
