import Seedream

/// What goes wrong with one request, because it asks for that: in the header `X-Sandbox-Fault`, or with
/// words of its prompt that begin with `fault:`.
///
/// Written `NAME` or `NAME=VALUE`. The README lists them; members are counted from 1.
enum Fault: Equatable {
  /// This member is refused for what it shows, and the others are drawn.
  case memberRefused(Int)
  /// An internal error at this member ends the set.
  case memberError(Int)
  /// The whole request is answered with an error: 400, 429 or 500.
  case status(Int)
  /// The connection breaks in the middle of the reply, after so many members of a stream.
  case cut(Int)
  /// A stream ends without saying that it is complete.
  case noCompleted
  /// So many seconds pass before the first byte of the reply.
  case slow(Double)
  /// The addresses of the pictures have expired before they are given out.
  case expired
  /// What comes as a picture is none.
  case wrongBytes
  /// The pictures are of another size than was asked for.
  case wrongSize(PixelSize)

  /// What can be written, for error texts.
  static let forms =
    "member-refused=N, member-error=N, status=400|429|500, cut=N, no-completed, slow=SECONDS, "
    + "expired, wrong-bytes, wrong-size=WxH"

  /// Nil for what is not one of the forms. Values have defaults: the first member, 500, a cut before
  /// the first member, two seconds, half a square of 1K.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count == 2 ? String(parts[1]) : nil
    switch parts.first ?? "" {
    case "member-refused":
      guard let member = Self.integer(value ?? "1", in: 1...15) else { return nil }
      self = .memberRefused(member)
    case "member-error":
      guard let member = Self.integer(value ?? "1", in: 1...15) else { return nil }
      self = .memberError(member)
    case "status":
      guard let status = Int(value ?? "500"), [400, 429, 500].contains(status) else { return nil }
      self = .status(status)
    case "cut":
      guard let count = Self.integer(value ?? "0", in: 0...15) else { return nil }
      self = .cut(count)
    case "slow":
      guard let seconds = Double(value ?? "2"), (0...600).contains(seconds) else { return nil }
      self = .slow(seconds)
    case "wrong-size":
      guard let size = Self.size(value ?? "512x512") else { return nil }
      self = .wrongSize(size)
    case "no-completed" where value == nil: self = .noCompleted
    case "expired" where value == nil: self = .expired
    case "wrong-bytes" where value == nil: self = .wrongBytes
    default: return nil
    }
  }

  private static func integer(_ text: String, in range: ClosedRange<Int>) -> Int? {
    Int(text).flatMap { range.contains($0) ? $0 : nil }
  }

  private static func size(_ text: String) -> PixelSize? {
    let sides = text.split(separator: "x").map { integer(String($0), in: 1...4096) }
    guard sides.count == 2, let width = sides[0], let height = sides[1] else { return nil }
    return PixelSize(width, height)
  }
}
