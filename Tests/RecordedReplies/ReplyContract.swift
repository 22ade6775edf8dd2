import FoundationEssentials
import Seedream

/// What holds for every reply, whatever its bytes.
package enum ReplyContract {
  /// Small, so that mutations reach them.
  static let limits = ReplyLimits(documentBytes: 400, imageBytes: 100, images: 4)
  static let formedLimits = ReplyLimits(documentBytes: 12000, imageBytes: 400, images: 8)

  /// The first promise that the reading of a reply breaks, in words; nil where it keeps all of them.
  package static func breach(by reply: MutatedReply) -> String? {
    let limits = reply.formed == nil ? limits : formedLimits
    let heard = Heard(
      reply.body, cutAt: reply.cuts, dialect: reply.dialect, limits: limits,
      address: FormedReply.endpoint)
    let whole = Heard(
      reply.body, dialect: reply.dialect, limits: limits, address: FormedReply.endpoint)
    return ending(heard, of: reply.body) ?? images(heard, of: reply.body, limits)
      ?? members(heard, limits) ?? text(heard) ?? sameness(heard, whole)
      ?? reply.formed.flatMap { keeping(heard, $0, isDamaged: reply.isDamaged, reply.body) }
  }

  /// Exactly one event ends a reply, and it is finished only where the provider said so.
  private static func ending(_ heard: Heard, of body: [UInt8]) -> String? {
    guard heard.events.count(where: \.isLast) == 1, heard.events.last?.isLast == true else {
      return "it does not end exactly once"
    }
    let isStream = body.first { ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) } != 0x7b
    guard isStream, isEvents(body), !isPicture(body), heard.events.last == .finished else {
      return nil
    }
    // The last two end a stream as well: nothing is drawn after a fault inside the provider, and some
    // gateways send a plain reply as an event.
    let marks = [
      "completed", "[DONE]", "\"stop\"", "InternalServiceError", "\"data\"", "\"images\"",
      "\"output\"",
      "\"results\"", "\"artifacts\"",
    ]
    let text = String(decoding: body.filter { $0 != 0 }, as: UTF8.self).lowercased()
    return marks.contains { text.contains($0.lowercased()) }
      ? nil : "it is finished, and the provider did not say so"
  }

  /// Whether it begins like a stream of events: others are JSON behind words, or a picture.
  private static func isEvents(_ body: [UInt8]) -> Bool {
    let start = body.drop { [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }
    return [":", "data", "event", "id", "retry"].contains { start.starts(with: $0.utf8) }
  }

  /// A reply that is one picture in base64, with nothing behind it.
  private static func isPicture(_ body: [UInt8]) -> Bool {
    let text = String(decoding: body, as: UTF8.self)
    let parts = text.filter { !$0.isWhitespace }.split(separator: ";base64,")
    guard parts.count == 2, parts[0].lowercased().hasPrefix("data:image/") else { return false }
    return parts[1].allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "+/=-_".contains($0))
    }
  }

  /// Every picture that was in the reply is named, or the reply counts as unread: then its body is kept. It is
  /// never taken for a refusal, which costs nothing.
  private static func keeping(
    _ heard: Heard, _ formed: FormedReply, isDamaged: Bool, _ body: [UInt8]
  ) -> String? {
    let claimed = heard.claimed.values
    let lost = formed.pictures.indices.filter { place in
      switch formed.pictures[place] {
      case .bytes(let bytes): !claimed.contains(bytes)
      case .address(let address): !heard.pictures.contains { $0.source == .url(address) }
      }
    }
    if lost.isEmpty {
      return isDamaged || heard.events.last == .finished
        ? nil : "its pictures are named, and it ends as \(heard.events.last.map { "\($0)" } ?? "")"
    }
    if formed.isKnown, !isDamaged { return "picture \(lost[0]) is not found: \(heard.events)" }
    switch heard.events.last {
    case .unreadable, .interrupted, .abandoned: return nil
    case .finished where isDamaged && !heard.pictures.isEmpty:
      // What damage has not touched is not passed over, where the whole is still one text.
      let whole = lost.first { place in
        let literal = formed.literals[place]
        return formed.isKnown && !literal.isEmpty && body.firstRange(of: literal) != nil
      }
      guard let whole, isOneText(body), !hidesResults(body, of: formed) else { return nil }
      return "picture \(whole) is whole, and nobody is told that it is lost: \(heard.events)"
    case .failed where isDamaged && saysNo(body): return nil
    // An address under a name that nobody knows is a picture's only where a count says that one is missing.
    case .finished
    where !formed.isKnown && !heard.pictures.isEmpty
      && heard.completion?.usage.generatedImages == nil:
      return nil
    default: return "a picture is lost and nobody is told: \(heard.events)"
    }
  }

  /// Whether damage has renamed a field to one that holds no results, such as `revised_prompt`: what stands in it is
  /// then passed over rightly.
  private static func hidesResults(_ body: [UInt8], of formed: FormedReply) -> Bool {
    func names(_ text: [UInt8]) -> Set<String> {
      Set(
        JSONStrings(text).lazy.filter(\.isName).map {
          String(decoding: text[$0.range].dropFirst().dropLast(), as: UTF8.self)
        })
    }
    return names(body).subtracting(names(formed.body)).contains { FieldName($0).isNoResult }
  }

  private static func isOneText(_ body: [UInt8]) -> Bool {
    (try? JSONDecoder().decode(ReplyValue.self, from: Data(body))) != nil
  }

  /// Whether damage has made a word of refusal.
  private static func saysNo(_ body: [UInt8]) -> Bool {
    let text = body.filter { $0 != 0 }
    return ["error", "\"code\":", "false", "\"generated_images\":0"].contains {
      text.firstRange(of: Array($0.utf8)) != nil
    }
  }

  /// Every image that began is kept or dropped, once, with as many bytes as were handed over.
  private static func images(
    _ heard: Heard, of body: [UInt8], _ limits: ReplyLimits
  ) -> String? {
    var settled: Set<Int> = []
    for event in heard.events {
      switch event {
      case .imageDropped(let image):
        guard settled.insert(image).inserted else { return "image \(image) ends twice" }
      case .picture(let picture):
        guard case .inline(let image, let byteCount) = picture.source else { continue }
        guard settled.insert(image).inserted else { return "image \(image) ends twice" }
        guard byteCount == heard.images[image]?.count else { return "image \(image) is miscounted" }
      default: continue
      }
    }
    if let lost = heard.images.keys.first(where: { !settled.contains($0) }) {
      return "image \(lost) is neither kept nor dropped"
    }
    let decoded = heard.images.values.reduce(0) { $0 + $1.count }
    if decoded * 4 > body.count * 3 { return "more bytes come out than went in" }
    return heard.images.values.contains { $0.count > limits.imageBytes }
      ? "an image is larger than its limit" : nil
  }

  /// Every member of the set has a place of its own, and there are no more than allowed.
  private static func members(_ heard: Heard, _ limits: ReplyLimits) -> String? {
    var places: Set<Int> = []
    for event in heard.events {
      let place: Int? =
        switch event {
        case .picture(let picture): picture.index
        case .memberRefused(let index, _): index
        default: nil
        }
      guard let place else { continue }
      guard (0..<limits.images).contains(place) else { return "place \(place) is out of bounds" }
      guard places.insert(place).inserted else { return "place \(place) is given twice" }
    }
    if let completion = heard.completion, completion.pending == nil, places.isEmpty,
      !heard.isUnreadable, heard.events.last != .interrupted
    {
      return "it is complete without a member"
    }
    return nil
  }

  /// What is kept for people is short, however long the reply.
  private static func text(_ heard: Heard) -> String? {
    heard.events.contains { event in
      if case .ignored(let text) = event { text.utf8.count > 500 } else { false }
    } ? "the text of what was ignored is long" : nil
  }

  /// Where the pieces end makes no difference, but for how far a picture beyond its limit came.
  private static func sameness(_ heard: Heard, _ whole: Heard) -> String? {
    guard heard.events == whole.events else { return "other pieces say \(whole.events)" }
    if case .abandoned? = heard.events.last { return nil }
    return heard.images == whole.images ? nil : "other pieces have other bytes"
  }
}
