/// A reply with up to three known pictures in it, in a form that a seed decides: another wrapping, another name,
/// another encoding, another framing, another unit of the text.
package struct FormedReply {
  /// What is to come out of it.
  package enum Picture: Equatable {
    case bytes([UInt8])
    case address(String)
  }

  /// Where the request went.
  package static let endpoint = "https://relay.example/api/v3/images/generations"

  package let body: [UInt8]
  /// In their order.
  package let pictures: [Picture]
  /// Each as it is written in the body, with the name of its field and a little of what stands before.
  package let literals: [[UInt8]]
  /// Whether every name in it is one that is known to be used: then the pictures have to be found.
  package let isKnown: Bool

  package init(using random: inout SeededRandom) {
    let isUnknown = random.below(8) == 0
    isKnown = !isUnknown
    var leaves: [Leaf] = []
    for place in 0..<[1, 1, 2, 3][random.below(4)] {
      let isInline = random.below(2) == 0
      let (value, picture) = isInline ? Self.inline(&random) : Self.address(place, &random)
      leaves.append(
        Leaf(value, picture, isInline: isInline, isUnknown: isUnknown, using: &random))
    }
    pictures = leaves.map(\.picture)
    let text = Self.framed(leaves, &random)
    let bytes = Array(text.utf8)
    literals = leaves.map { leaf in
      guard let found = bytes.firstRange(of: Array(leaf.literal.utf8)) else { return [] }
      return Array(bytes[max(0, found.lowerBound - 16)..<found.upperBound])
    }
    body = random.below(12) == 0 ? Self.wide(text, &random) : Array(text.utf8)
  }

  /// In units of two or four bytes.
  private static func wide(_ text: String, _ random: inout SeededRandom) -> [UInt8] {
    let text = random.below(2) == 0 ? text : "\u{feff}" + text
    let width = random.below(2) == 0 ? 2 : 4
    let units = width == 2 ? text.utf16.map { UInt32($0) } : text.unicodeScalars.map(\.value)
    let isBigEndian = random.below(2) == 0
    return units.flatMap { unit in
      let bytes = (0..<width).map { UInt8(truncatingIfNeeded: unit >> UInt32(8 * $0)) }
      return isBigEndian ? bytes.reversed() : bytes
    }
  }

  // MARK: The picture

  /// As it is written in a JSON string, without the quotation marks.
  private static func inline(_ random: inout SeededRandom) -> (String, Picture) {
    var bytes: [UInt8] = signatures[random.below(signatures.count)]
    for _ in 0..<(20 + random.below(60)) { bytes.append(UInt8(random.below(256))) }
    var text = base64(bytes)
    if random.below(3) == 0 {
      text = text.replacing("+", with: "-").replacing("/", with: "_")
    }
    if random.below(3) == 0 { text = text.replacing("=", with: "") }
    if random.below(4) == 0 { text = wrapped(text, every: 12 + random.below(60), &random) }
    if random.below(3) == 0 {
      let types = [
        "image/png", "image/jpeg", "IMAGE/WEBP;charset=utf-8", "", "application/octet-stream",
      ]
      text = "data:\(types[random.below(types.count)]);base64," + text
    }
    if random.below(3) == 0 { text = text.replacing("/", with: "\\/") }
    return (text, .bytes(bytes))
  }

  private static let signatures: [[UInt8]] = [
    [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1],
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13],
    Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0],
    Array("RIFF".utf8) + [9, 0, 0, 0] + Array("WEBP".utf8),
    [0x42, 0x4d, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0], [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0, 1],
    [0, 0, 0, 24] + Array("ftypheic".utf8),
  ]

  /// RFC 4648, section 4.
  private static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = (0..<3).reduce(0) {
        $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0)
      }
      for place in 0..<4 {
        text.append(place > group.count ? "=" : letters[word >> (18 - 6 * place) & 63])
      }
    }
    return text
  }

  private static func wrapped(
    _ text: String, every length: Int, _ random: inout SeededRandom
  ) -> String {
    let end = ["\\n", "\\r\\n", " ", "\\t"][random.below(4)]
    var lines: [Substring] = []
    var rest = text[...]
    while !rest.isEmpty {
      lines.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return lines.joined(separator: end)
  }

  private static func address(
    _ place: Int, _ random: inout SeededRandom
  ) -> (String, Picture) {
    let number = random.below(1_000_000) * 4 + place
    let forms: [(String, String)] = [
      (
        "https://cdn.example/\(number).png?X-Sig=a%2Fb%3D&x=+~*",
        "https://cdn.example/\(number).png?X-Sig=a%2Fb%3D&x=+~*"
      ),
      ("/v1/images/\(number)/content", "https://relay.example/v1/images/\(number)/content"),
      ("images/\(number).png", "https://relay.example/api/v3/images/images/\(number).png"),
      (
        "../files/./\(number).jpg?a=/../b",
        "https://relay.example/api/v3/files/\(number).jpg?a=/../b"
      ),
      ("//cdn.example/\(number).webp", "https://cdn.example/\(number).webp"),
      ("https://cdn.example/a b/\(number).png", "https://cdn.example/a%20b/\(number).png"),
      ("https:\\/\\/cdn.example\\/\(number).png", "https://cdn.example/\(number).png"),
      (
        "https://cdn.example/红灯/\(number).png",
        "https://cdn.example/%E7%BA%A2%E7%81%AF/\(number).png"
      ),
      (" HTTP://cdn.example/\(number).png\\n", "HTTP://cdn.example/\(number).png"),
    ]
    let (text, address) = forms[random.below(forms.count)]
    return (text, .address(address))
  }

  // MARK: Its field

  fileprivate static let base64Names = [
    "b64_json", "b64", "base64", "image_base64", "b64_image", "image", "data", "url", "output",
    "result", "imageUrl",
  ]
  fileprivate static let addressNames = [
    "url", "image_url", "imageUrl", "image", "uri", "src", "download_url", "resultUrl", "output",
  ]

  /// One picture with its field.
  private struct Leaf {
    /// As it is written in a JSON string, without the quotation marks.
    let value: String
    let picture: Picture
    let isInline: Bool
    /// An object with it.
    let text: String
    /// The field as it stands in the object.
    let literal: String

    init(
      _ value: String, _ picture: Picture, isInline: Bool, isUnknown: Bool,
      using random: inout SeededRandom
    ) {
      (self.value, self.picture, self.isInline) = (value, picture, isInline)
      let names = isInline ? FormedReply.base64Names : FormedReply.addressNames
      let name =
        isUnknown ? ["wert", "x", "foto", "z9"][random.below(4)] : names[random.below(names.count)]
      let extra = [
        "", ",\"size\":\"1024x1024\"", ",\"revised_prompt\":\"a https://e.com/no.png\"",
        ",\"thumbnail_url\":\"https://e.com/small.png\"", ",\"b64_json\":null",
      ][random.below(5)]
      let extraThere = name == "b64_json" && extra.contains("null") ? "" : extra
      // An address may be an object with the address in it.
      if !isUnknown, random.below(6) == 0 {
        literal = "\"url\":\"\(value)\""
        text = "{\"type\":\"image_url\",\"image_url\":{\(literal)}\(extraThere)}"
      } else {
        literal = "\"\(name)\":\"\(value)\""
        text = "{\(literal)\(extraThere)}"
      }
    }

    /// As a conversation shows it; nil where it cannot stand there.
    var shown: String? {
      guard !value.contains(" "), !value.contains("\\") else { return nil }
      return isInline && !value.hasPrefix("data:") ? "data:image/png;base64,\(value)" : value
    }
  }

  // MARK: What stands around it

  private static func framed(_ leaves: [Leaf], _ random: inout SeededRandom) -> String {
    let usage = random.below(2) == 0 ? ",\"usage\":{\"generated_images\":\(leaves.count)}" : ""
    let list = leaves.map(\.text).joined(separator: ",")
    let words = leaves.compactMap { $0.shown.map { "![image](\($0))" } }
    let isSayable = words.count == leaves.count
    switch random.below(12) {
    case 0: return "[\(list)]"
    case 1:
      let events = leaves.enumerated().map { place, leaf in
        "data: {\"type\":\"a.partial_succeeded\",\"image_index\":\(place),\(leaf.text.dropFirst())\n\n"
      }
      return events.joined() + "data: [DONE]\n\n"
    case 2: return "data: \(plain(leaves, usage, &random))\n\ndata: [DONE]\n\n"
    case 3: return ")]}',\n" + plain(leaves, usage, &random)
    case 4: return "{\"status\":\"processing\"}\n" + plain(leaves, usage, &random) + "\n"
    case 5 where isSayable:
      let content = "Here: \(words.joined(separator: " and ")) for you."
      return
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"\(content)\"}}]}"
    case 6:
      return "{\"choices\":[{\"message\":{\"content\":\"done\",\"images\":[\(list)]}}]}"
    case 7:
      let parts = leaves.map { ",{\"inlineData\":\($0.text)}" }.joined()
      return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hi\"}\(parts)]}}]}"
    case 8 where isSayable, 9 where isSayable:
      return said("Here: " + words.joined(separator: " and "), &random)
    default: return plain(leaves, usage, &random)
    }
  }

  /// Words as a conversation streams them, in pieces of any length.
  private static func said(_ text: String, _ random: inout SeededRandom) -> String {
    var events = ""
    var rest = text[...]
    while !rest.isEmpty {
      let piece = rest.prefix(1 + random.below(60))
      events += "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(piece)\"}}]}\n\n"
      rest = rest.dropFirst(piece.count)
    }
    let end = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
    return events + [end, "data: [DONE]\n\n", end + "data: [DONE]\n\n"][random.below(3)]
  }

  private static func plain(
    _ leaves: [Leaf], _ usage: String, _ random: inout SeededRandom
  ) -> String {
    let lists = ["data", "images", "output", "results", "artifacts", "image_urls"]
    let list = lists[random.below(lists.count)]
    let members = leaves.map(\.text).joined(separator: ",")
    var text =
      leaves.count == 1 && random.below(3) == 0
      ? "{\"\(list)\":\(members)\(usage)}" : "{\"\(list)\":[\(members)]\(usage)}"
    for _ in 0..<random.below(4) {
      let names = ["data", "result", "response", "output", "body", "payloads", "task_result"]
      let name = names[random.below(names.count)]
      let rest = ["", "\"code\":0,", "\"success\":true,\"message\":\"ok\",", "\"id\":\"x\","][
        random.below(4)]
      text = "{\(rest)\"\(name)\":\(text)}"
    }
    return text
  }
}
