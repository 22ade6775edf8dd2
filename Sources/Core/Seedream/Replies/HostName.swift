/// Names of hosts in other letters than ASCII, as the resolver wants them: libcurl converts them in some
/// locales only.
enum HostName {
  /// The host, and the port behind it, in ASCII; nil for what cannot be one.
  ///
  /// Small letters, full-width forms folded, the rest by Punycode (RFC 3492); the further mappings of
  /// UTS #46 are left to whoever wrote the address.
  static func ascii(_ authority: String) -> String? {
    guard authority.utf8.contains(where: { $0 >= 0x80 }) else {
      return authority.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f } ? authority : nil
    }
    let folded = String(String.UnicodeScalarView(authority.unicodeScalars.map(fold))).lowercased()
    let labels = folded.split(separator: ".", omittingEmptySubsequences: false)
    var encoded: [String] = []
    for label in labels {
      guard label.utf8.contains(where: { $0 >= 0x80 }) else {
        encoded.append(String(label))
        continue
      }
      // A port stands behind the last label.
      let name = label.prefix { $0 != ":" }
      guard name.unicodeScalars.count < 64, let code = punycode(Array(name.unicodeScalars)) else {
        return nil
      }
      encoded.append("xn--" + code + label[name.endIndex...])
    }
    return encoded.joined(separator: ".")
  }

  /// Full-width letters and digits, and the dots of East Asian input methods.
  private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xff01...0xff5e: Unicode.Scalar(scalar.value - 0xfee0) ?? scalar
    case 0x3002, 0xff61: "."
    default: scalar
    }
  }

  /// RFC 3492, section 6.3.
  private static func punycode(_ scalars: [Unicode.Scalar]) -> String? {
    var output = scalars.filter(\.isASCII).map { Character($0) }
    let basic = output.count
    if basic > 0 { output.append("-") }
    var (n, delta, bias, handled) = (128, 0, 72, basic)
    while handled < scalars.count {
      guard let next = scalars.lazy.map({ Int($0.value) }).filter({ $0 >= n }).min() else {
        return nil
      }
      delta += (next - n) * (handled + 1)
      n = next
      for scalar in scalars {
        if scalar.value < n { delta += 1 }
        guard scalar.value == n else { continue }
        var (q, k) = (delta, 36)
        while true {
          let threshold = min(max(k - bias, 1), 26)
          if q < threshold { break }
          output.append(digit(threshold + (q - threshold) % (36 - threshold)))
          q = (q - threshold) / (36 - threshold)
          k += 36
        }
        output.append(digit(q))
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        (delta, handled) = (0, handled + 1)
      }
      (delta, n) = (delta + 1, n + 1)
    }
    return String(output)
  }

  private static func digit(_ value: Int) -> Character {
    Character(Unicode.Scalar(UInt8(value < 26 ? 97 + value : 22 + value)))
  }

  /// RFC 3492, section 6.1.
  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var k = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }
}
