import TestSupport

/// One press of the key that costs money.
struct Send: Sendable {
  var prompt: String
  var count: Int
  var isInline: Bool
  var streams: Bool

  /// - Parameter number: Makes the prompt one of its own, and so the pictures.
  init(_ number: Int, using random: inout SplitMix) {
    let words = ["lantern", "koi", "mountain", "fog", "train", "sunset", "city", "snow"]
    let word = words.randomElement(using: &random) ?? "cat"
    prompt = "\(word) number \(number) of \(UInt32.random(in: 0 ... .max, using: &random))"
    count = [1, 1, 2, 3, 4].randomElement(using: &random) ?? 1
    isInline = Bool.random(using: &random)
    streams = Bool.random(using: &random)
  }

  /// `darkroom generate` with this request.
  var words: [String] {
    [
      "generate", "-n", "\(count)", "--format", isInline ? "b64_json" : "url", "--stream",
      streams && count > 1 ? "on" : "off", prompt,
    ]
  }
}
