/// A reply that is handed on to somebody who asked elsewhere: addresses of its pictures that are relative to
/// where the request went would lead him astray.
public enum AbsoluteAddresses {
  /// The text with every address that names one of the pictures made absolute, as it was understood, and
  /// all else as it is.
  ///
  /// - Parameters:
  ///   - text: JSON, and short: it is looked at as a whole.
  ///   - pictures: The addresses that were found in it, absolute.
  ///   - base: Where the request went.
  public static func inserted(
    in text: [UInt8], of pictures: Set<String>, base: String
  ) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    for string in JSONStrings(text) where !string.isName && string.range.count < 16_384 {
      guard case .string(let value)? = JSONTree(Array(text[string.range])),
        let address = WebAddress.absolute(value, base: base), address != value,
        pictures.contains(address)
      else { continue }
      result += text[copied..<string.range.lowerBound]
      result += quoted(address)
      copied = string.range.upperBound
    }
    return copied == 0 ? text : result + text[copied...]
  }

  /// The string of one member, made absolute where it is the relative address of a picture by its name and its
  /// form; nil where it stays as it is.
  ///
  /// - Parameters:
  ///   - string: With its quotation marks.
  ///   - name: Of the member, or of the list that it stands in.
  public static func absolute(_ string: [UInt8], named name: String, base: String) -> [UInt8]? {
    let name = FieldName(name)
    guard name.isAddress || name.isPicture || name.isResults, !name.isBase64,
      case .string(let value)? = JSONTree(string), WebAddress.scheme(of: value) == nil,
      BareWord.begins(Array(value.utf8)[...]) == false
    else { return nil }
    let isPath =
      ["/", "./", "../"].contains { value.hasPrefix($0) } || WebAddress.namesPicture(value)
    guard isPath || name.isAddress && value.contains("/") else { return nil }
    return WebAddress.absolute(value, base: base).map { quoted($0) }
  }

  /// An address that is fit has no letter that JSON would have escaped but `\`.
  private static func quoted(_ address: String) -> [UInt8] {
    Array("\"\(address.replacing("\\", with: "\\\\"))\"".utf8)
  }
}

/// The strings of a JSON text, in their order.
public struct JSONStrings: Sequence, IteratorProtocol {
  /// One of them.
  public struct Found: Equatable, Sendable {
    /// Where it stands, with its quotation marks.
    public var range: Range<Int>
    /// Whether it is the name of a member.
    public var isName: Bool
  }

  private let text: [UInt8]
  private var index = 0

  /// - Parameter text: Followed no further than strings: whether it is JSON nobody asks.
  public init(_ text: [UInt8]) { self.text = text }

  /// The next one that has ended.
  public mutating func next() -> Found? {
    guard let start = text[index...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    var end = start + 1
    while end < text.count, text[end] != UInt8(ascii: "\"") {
      end += text[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < text.count else {
      index = text.count
      return nil
    }
    index = end + 1
    let after = text[index...].first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
    return Found(range: start..<index, isName: after == UInt8(ascii: ":"))
  }
}
