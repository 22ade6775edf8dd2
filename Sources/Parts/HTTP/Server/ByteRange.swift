/// The part of a body that a `Range` header asks for (RFC 9110, section 14.1).
package enum ByteRange: Equatable {
  /// Everything: nothing is asked for, or something that may be passed over, such as several parts.
  case whole
  case part(Range<Int>)
  /// Nothing of the body lies in it.
  case outside

  /// What a request asks for of a body without a validator: with `If-Range` everything (RFC 9110, section
  /// 13.1.5).
  package init(of request: HTTPServerRequest, count: Int) {
    self.init(request.header("If-Range") == nil ? request.header("Range") : nil, of: count)
  }

  /// - Parameter count: Bytes of the body.
  package init(_ header: String?, of count: Int) {
    self = .whole
    guard let header, header.lowercased().hasPrefix("bytes=") else { return }
    let ends = header.dropFirst("bytes=".count).split(
      separator: "-", omittingEmptySubsequences: false
    )
    .map { $0.filter { $0 != " " } }
    guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }) else {
      return
    }
    switch (Self.number(ends[0]), Self.number(ends[1])) {
    case (let first?, let last):
      if let last, last < first { return }
      guard first < count else {
        self = .outside
        return
      }
      self = .part(first..<min(last ?? count, count - 1) + 1)
    case (nil, let length?):
      guard length > 0, count > 0 else {
        self = .outside
        return
      }
      self = .part(max(0, count - length)..<count)
    case (nil, nil): return
    }
  }

  /// Of digits only; more than any body has where they are too many.
  private static func number(_ digits: String) -> Int? {
    digits.isEmpty ? nil : Int(digits).map { min($0, 1 << 60) } ?? 1 << 60
  }
}
