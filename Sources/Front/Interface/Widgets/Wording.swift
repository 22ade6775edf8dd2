/// Numbers as people read them.
package enum Wording {
  /// Seconds as `0:07`, `12:30`, `1:02:03`; never negative.
  package static func duration(_ seconds: Double) -> String {
    let total = seconds.isFinite ? Int(min(max(0, seconds), 359_999)) : 0
    let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
    let tail = padded(rest)
    return hours > 0 ? "\(hours):\(padded(minutes)):\(tail)" : "\(minutes):\(tail)"
  }

  /// What a row of a set of layers stands for beside itself: `+7 layers`.
  package static func layers(_ count: Int) -> String { "+\(count) layer\(count == 1 ? "" : "s")" }

  /// `812 B`, `54 KB`, `1.2 MB`, in units of a thousand.
  static func bytes(_ count: Int) -> String {
    if count < 1000 { return "\(count) B" }
    if count < 1_000_000 { return "\(count / 1000) KB" }
    return "\(count / 1_000_000).\(count / 100_000 % 10) MB"
  }

  static func counted(_ count: Int, _ singular: String, _ plural: String) -> String {
    count == 1 ? "1 \(singular)" : "\(count) \(plural)"
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
