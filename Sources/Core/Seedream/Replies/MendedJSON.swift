/// JSON as programs that put it together by hand write it.
enum MendedJSON {
  /// What a decoder takes: without commas too many and with those that are missing, with line ends and other
  /// control codes in strings escaped, without escapes that JSON does not know, and with `null` for the words of
  /// other languages. Nil where nothing of that is in the text; whether it is JSON nobody asks.
  static func mended(_ text: [UInt8]) -> [UInt8]? {
    var mender = Mender(text: text)
    mender.run()
    return mender.isChanged ? mender.mended : nil
  }

  private enum Last { case nothing, opened, comma, colon, value }

  private struct Mender {
    let text: [UInt8]
    var mended: [UInt8] = []
    var isChanged = false
    private var index = 0
    private var last = Last.nothing
    /// Where the last comma stands in what is mended.
    private var comma = 0

    init(text: [UInt8]) { self.text = text }

    mutating func run() {
      mended.reserveCapacity(text.count)
      while index < text.count {
        let byte = text[index]
        switch byte {
        case 0x20, 0x09, 0x0a, 0x0d: copy()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          separate()
          copy(.opened)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          if last == .comma { change { $0.mended.remove(at: $0.comma) } }
          if last == .colon { change { $0.mended += "null".utf8 } }
          copy(.value)
        case UInt8(ascii: ","): takeComma()
        case UInt8(ascii: ":"): copy(.colon)
        case UInt8(ascii: "\""):
          separate()
          takeString()
        default: takeWord()
        }
      }
    }

    private mutating func copy(_ next: Last? = nil) {
      mended.append(text[index])
      index += 1
      last = next ?? last
    }

    private mutating func change(_ body: (inout Self) -> Void) {
      body(&self)
      isChanged = true
    }

    /// A value that follows another.
    private mutating func separate() {
      if last == .value { change { $0.mended.append(UInt8(ascii: ",")) } }
    }

    private mutating func takeComma() {
      switch last {
      case .nothing, .opened, .comma: change { $0.index += 1 }
      case .colon:
        change { $0.mended += "null".utf8 }
        fallthrough
      case .value:
        comma = mended.count
        copy(.comma)
      }
    }

    private mutating func takeString() {
      copy(.value)
      while index < text.count {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "\""): return copy()
        case UInt8(ascii: "\\"): takeEscape()
        case 0..<0x20:
          change { $0.mended += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8 }
          index += 1
        default: copy()
        }
      }
    }

    private mutating func takeEscape() {
      guard index + 1 < text.count else { return copy() }
      let next = text[index + 1]
      let digits = text[min(index + 2, text.count)..<min(index + 6, text.count)]
      let isKnown =
        next == UInt8(ascii: "u")
        ? digits.count < 4 || UInt16(String(decoding: digits, as: UTF8.self), radix: 16) != nil
        : "\"\\/bfnrt".utf8.contains(next)
      guard isKnown else { return change { $0.index += 1 } }
      copy()
      copy()
    }

    private mutating func takeWord() {
      let word = text[index...].prefix { !",:{}[]\" \n\r\t".utf8.contains($0) }
      let known =
        switch String(decoding: word, as: UTF8.self) {
        case "NaN", "Infinity", "-Infinity", "None", "undefined", "nil": "null"
        case "True": "true"
        case "False": "false"
        default: ""
        }
      if known.isEmpty { mended += word } else { change { $0.mended += known.utf8 } }
      index = word.endIndex
      last = .value
    }
  }
}
