/// What can be recognised as a picture in the bytes of a reply that could not be read: base64 and bare bytes
/// that begin like one, and web addresses.
public struct PictureSalvage: Equatable, Sendable {
  /// The bytes of pictures, in their order.
  public private(set) var images: [[UInt8]] = []
  /// Absolute addresses, in their order; anything may be behind them.
  public private(set) var addresses: [String] = []

  /// The most of either that is taken.
  private static let most = 128

  /// Looks through a body.
  ///
  /// - Parameters:
  ///   - address: Where the request went.
  ///   - sent: Addresses that went with it.
  public init(_ body: [UInt8], address: String?, sent: Set<String>) {
    read(body, address: address, sent: sent)
    let body = WideText.narrowed(body)
    if ImageSignature.begins(Array(body.prefix(ImageSignature.length))) {
      add(body)
    } else {
      findBytes(body)
      findBase64(body)
      findAddresses(body, address: address, sent: sent)
    }
  }

  /// What the parser finds where it may hold more.
  private mutating func read(_ body: [UInt8], address: String?, sent: Set<String>) {
    let limits = ReplyLimits(documentBytes: max(body.count, 1), images: Self.most)
    var parser = ReplyParser(limits: limits, address: address, sent: sent)
    var bytes: [Int: [UInt8]] = [:]
    for event in parser.consume(body) + parser.finish() {
      switch event {
      case .imageBytes(let image, let piece): bytes[image, default: []] += piece
      case .picture(let picture):
        switch picture.source {
        case .inline(let image, _): add(bytes.removeValue(forKey: image) ?? [])
        case .url(let url): if !addresses.contains(url) { addresses.append(url) }
        }
      default: break
      }
    }
  }

  private mutating func add(_ image: [UInt8]) {
    guard images.count < Self.most, !images.contains(image),
      ImageSignature.begins(Array(image.prefix(ImageSignature.length)))
    else { return }
    images.append(image)
  }

  /// Bare bytes between others, as in the parts of a form: of PNG up to its last chunk, of JPEG and WebP up to what
  /// ends a part.
  private mutating func findBytes(_ body: [UInt8]) {
    let starts: [[UInt8]] = [
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], [0xff, 0xd8, 0xff, 0xe0],
      [0xff, 0xd8, 0xff, 0xe1], [0xff, 0xd8, 0xff, 0xdb],
    ]
    let ends: [[UInt8]] = [[0x0d, 0x0a, 0x2d, 0x2d], Array("IEND".utf8)]
    var index = 0
    while index < body.count, images.count < Self.most {
      guard body[index] == 0x89 || body[index] == 0xff,
        starts.contains(where: { body[index...].starts(with: $0) })
      else {
        index += 1
        continue
      }
      let isPNG = body[index] == 0x89
      let mark = body[index...].firstRange(of: ends[isPNG ? 1 : 0])
      let end = mark.map { isPNG ? min($0.upperBound + 4, body.count) : $0.lowerBound }
      add(Array(body[index..<(end ?? body.count)]))
      index = end ?? body.count
    }
  }

  /// Runs of base64 that begin like a picture; letters that are none of it are left out, up to a mark that
  /// ends a text.
  private mutating func findBase64(_ body: [UInt8]) {
    let starts = ["iVBORw0KGgo", "/9j/", "_9j_", #"\/9j\/"#, "UklGR", "R0lGOD", "SUkqA", "TU0AK"]
      .map { Array($0.utf8) }
    var index = 0
    // What only looks like a beginning may stand in any number: each byte is decoded a few times at most.
    var left = 4 * body.count
    while index < body.count, left > 0, images.count < Self.most {
      guard let start = starts.first(where: { body[index...].starts(with: $0) }) else {
        index += 1
        continue
      }
      let text = body[index...].prefix { !"\"'()<>[]{},&".utf8.contains($0) }
      left -= text.count
      var decoder = Base64Decoder()
      var image: [UInt8] = []
      for letter in text { _ = decoder.push(letter, into: &image) }
      _ = decoder.finish(into: &image)
      add(image)
      let isPicture = ImageSignature.begins(Array(image.prefix(ImageSignature.length)))
      index = isPicture ? text.endIndex : index + start.count
    }
  }

  private mutating func findAddresses(_ body: [UInt8], address: String?, sent: Set<String>) {
    let text = String(decoding: body.filter { $0 != UInt8(ascii: "\\") }, as: UTF8.self)
    for (target, _) in MarkdownTargets(text).found where addresses.count < Self.most {
      guard WebAddress.scheme(of: target) != nil,
        let found = WebAddress.absolute(target, base: address), !sent.contains(found),
        !addresses.contains(found)
      else { continue }
      addresses.append(found)
    }
  }
}
