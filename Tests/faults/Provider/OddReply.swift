import FoundationEssentials
import Hashing
import TestSupport

/// An answer of the sandbox in a form that some relay makes, or that nobody can read.
struct OddReply {
  let contentType: String
  let body: [UInt8]
  /// How many pictures the provider has drawn, as it says or as its answer would say.
  let generated: Int
  /// Those that can be recognised, by their numbers in the set.
  let pictures: [Int: Delivery.Picture]

  private struct Plain: Decodable {
    struct Member: Decodable {
      var url: String?
      var base64: String?

      enum CodingKeys: String, CodingKey {
        case url
        case base64 = "b64_json"
      }
    }

    var data: [Member]
  }

  /// - Parameter plain: The body in the vendor's form; nil for one that is none, or has no pictures.
  init?(_ plain: [UInt8], seed: UInt64) {
    guard let reply = try? JSONDecoder().decode(Plain.self, from: Data(plain)), !reply.data.isEmpty
    else { return nil }
    var random = SplitMix(state: seed)
    let values = reply.data.compactMap { $0.base64 ?? $0.url }
    let isInline = reply.data[0].base64 != nil
    generated = values.count
    let usage = "\"usage\":{\"generated_images\":\(values.count)}"
    var type = "application/json"
    if Int.random(in: 0...2, using: &random) == 0 {
      pictures = [:]
      body = Array(
        Self.unreadable(values, usage, isInline: isInline, type: &type, &random).utf8)
    } else {
      pictures = Dictionary(
        uniqueKeysWithValues: values.enumerated().map { index, value in
          (index + 1, Self.picture(value, isInline: isInline))
        })
      body = Array(Self.readable(values, usage, isInline: isInline, type: &type, &random).utf8)
    }
    contentType = type
  }

  private static func picture(_ value: String, isInline: Bool) -> Delivery.Picture {
    guard isInline else {
      return .address(String(value.dropFirst("http://".count).drop { $0 != "/" }))
    }
    let bytes = Data(base64Encoded: value) ?? Data()
    return .inline(SHA256.hexDigest(of: Array(bytes)))
  }

  private static func readable(
    _ values: [String], _ usage: String, isInline: Bool, type: inout String,
    _ random: inout SplitMix
  ) -> String {
    let values = values.map { value -> String in
      switch (isInline, Int.random(in: 0...3, using: &random)) {
      case (true, 0): return "data:image/jpeg;base64," + value
      case (true, 1):
        return value.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
      case (true, 2): return value.replacing("/", with: "\\/")
      case (false, 0): return String(value.dropFirst("http://".count).drop { $0 != "/" })
      case (false, 1): return " " + value.replacing("/", with: "\\/") + "\\n"
      default: return value
      }
    }
    let name = isInline ? "b64_json" : "url"
    let members = values.map { "{\"\(name)\":\"\($0)\"}" }.joined(separator: ",")
    let strings = values.map { "\"\($0)\"" }.joined(separator: ",")
    switch Int.random(in: 0...8, using: &random) {
    case 0: return "{\"code\":0,\"message\":\"ok\",\"data\":{\"data\":[\(members)],\(usage)}}"
    case 1: return "{\"data\":[\(strings)],\(usage)}"
    case 2: return "{\"success\":true,\"result\":{\"images\":[\(members)]}}"
    case 3: return "[\(members)]"
    case 4: return "{\"output\":[\(strings)],\"status\":\"succeeded\"}"
    case 5: return ")]}',\n{\"data\":[\(members)],\(usage)}"
    case 6:
      type = "text/event-stream"
      return "data: {\"data\":[\(members)],\(usage)}\n\ndata: [DONE]\n\n"
    case 7 where values.count == 1: return "{\"data\":\(members),\(usage)}"
    case 8 where isInline:
      return "{\"artifacts\":[\(values.map { "{\"base64\":\"\($0)\"}" }.joined(separator: ","))]}"
    default: return "{\"images\":[\(members)],\(usage)}"
    }
  }

  private static func unreadable(
    _ values: [String], _ usage: String, isInline: Bool, type: inout String,
    _ random: inout SplitMix
  ) -> String {
    switch Int.random(in: 0...6, using: &random) {
    case 0: return "{\"data\":[],\(usage)}"
    case 1: return "{\"created\":1,\(usage)}"
    case 2:
      return
        "{\"data\":[\(values.map { _ in "{\"size\":\"1x1\"}" }.joined(separator: ","))],\(usage)}"
    case 3:
      type = "text/html"
      return "<html><body>Welcome to the hotel</body></html>"
    case 4: return "{\"ok\":true}"
    case 5:
      return "{\"error\":{\"code\":\"InternalServiceError\",\"message\":\"upstream\"},\(usage)}"
    default:
      type = "text/event-stream"
      return "data: {\"type\":\"image_generation.completed\",\(usage)}\n\ndata: [DONE]\n\n"
    }
  }
}
