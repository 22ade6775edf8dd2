/// A name and a value: a header field, or a member of a query.
package struct HTTPHeader: Equatable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  package init(name: String, value: String) {
    self.init(name, value)
  }
}

extension [HTTPHeader] {
  /// The first value under a name, ASCII case aside (RFC 9110, section 5.1).
  package func first(_ name: String) -> String? {
    first { $0.name.equalsIgnoringCase(name) }?.value
  }

  /// A header is a token, a colon and one line of text; anything else could smuggle in a second one.
  var areWellFormed: Bool {
    allSatisfy { header in
      header.name.isToken && header.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
  }
}

/// What comes before the body of an answer.
package struct HTTPResponseHead: Equatable, Sendable {
  package var status: Int
  /// In the order they arrived; bytes that are not UTF-8 are replaced.
  package var headers: [HTTPHeader]

  package init(status: Int, headers: [HTTPHeader] = []) {
    self.status = status
    self.headers = headers
  }

  /// The first value under a name, ASCII case aside.
  package subscript(name: String) -> String? { headers.first(name) }
}

/// A whole answer, body included.
package struct HTTPResponse: Equatable, Sendable {
  package var head: HTTPResponseHead
  package var body: [UInt8]

  package init(head: HTTPResponseHead, body: [UInt8]) {
    self.head = head
    self.body = body
  }

  package var status: Int { head.status }
}

extension String {
  /// Equality with ASCII letters folded, as header names compare.
  func equalsIgnoringCase(_ other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
  }

  /// Whether this is a token of RFC 9110, section 5.6.2: what methods and header names are made of.
  var isToken: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 {
    self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
  }
}
