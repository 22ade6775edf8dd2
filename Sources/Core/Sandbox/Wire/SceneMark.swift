import FoundationEssentials
import Imaging
import SandboxArt

/// What a picture of the sandbox was drawn from, as a comment in its file: so that the sandbox knows its
/// own drawing when it comes back to be split into layers.
///
/// It stays in a file that others add metadata to, and is lost in one that is encoded anew.
struct SceneMark: Codable, Equatable {
  var prompt: String
  var seed: Int
  var index: Int
  var width: Int
  var height: Int
  var watermark: Bool

  private static let name = "darkroom-sandbox/1"

  /// Nil for what could not be drawn again from it: other pictures were taken up, or parts left out.
  init?(_ order: SandboxPainter.Order) {
    guard order.references.isEmpty, !order.isCutOut else { return nil }
    prompt = order.prompt
    seed = order.seed
    index = order.index
    width = order.width
    height = order.height
    watermark = order.watermark
  }

  var order: SandboxPainter.Order {
    .init(
      prompt: prompt, width: width, height: height, seed: seed, index: index, watermark: watermark)
  }

  // MARK: In a file

  /// The file with the mark in it; the same file where there is no place for it.
  func embedded(in file: [UInt8]) -> [UInt8] {
    let encoder = JSONEncoder()
    // The same drawing is the same file.
    encoder.outputFormatting = .sortedKeys
    guard let json = try? encoder.encode(self) else { return file }
    let text = Array(Self.name.utf8) + [0]
    if file.starts(with: [0xFF, 0xD8]), json.count < 60_000 {
      let content = text + json
      let length = content.count + 2
      // A comment (ITU-T T.81, B.2.4.5), behind the JFIF header, which comes first.
      let place = file[2..<4].elementsEqual([0xFF, 0xE0]) ? 4 + Self.number(file, 4, 2) : 2
      return file[..<place] + [0xFF, 0xFE, UInt8(length >> 8), UInt8(length & 0xFF)] + content
        + file[place...]
    }
    guard file.count > 33, file.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return file }
    // International text, neither compressed nor of a language (PNG, second edition, 11.3.4.5).
    let content = Array("iTXt".utf8) + text + [0, 0, 0, 0] + json
    let length = Self.big(UInt32(content.count - 4))
    return file[..<33] + length + content + Self.big(Self.checksum(content)) + file[33...]
  }

  /// The mark of a file; nil where it has none.
  init?(in file: [UInt8]) {
    guard let json = Self.content(of: file),
      let mark = try? JSONDecoder().decode(SceneMark.self, from: Data(json)),
      (1...8192).contains(mark.width), (1...8192).contains(mark.height),
      mark.width * mark.height <= 36_000_000
    else { return nil }
    self = mark
  }

  private static func content(of file: [UInt8]) -> ArraySlice<UInt8>? {
    let text = Array(name.utf8) + [0]
    if file.starts(with: [0xFF, 0xD8]) {
      var place = 2
      while place + 4 <= file.count, file[place] == 0xFF, file[place + 1] != 0xDA {
        let end = place + 2 + number(file, place + 2, 2)
        guard end > place + 3, end <= file.count else { return nil }
        let content = file[place + 4..<end]
        if file[place + 1] == 0xFE, content.starts(with: text) {
          return content.dropFirst(text.count)
        }
        place = end
      }
      return nil
    }
    guard file.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
    var place = 8
    while place + 12 <= file.count {
      let end = place + 8 + number(file, place, 4)
      guard end + 4 <= file.count else { return nil }
      let type = file[place + 4..<place + 8]
      let content = file[place + 8..<end]
      if type.elementsEqual("iTXt".utf8), content.starts(with: text) {
        return content.dropFirst(text.count + 4)
      }
      if type.elementsEqual("IDAT".utf8) { return nil }
      place = end + 4
    }
    return nil
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
    bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func big(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// CRC-32 (annex D).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    }
    return ~sum
  }
}
