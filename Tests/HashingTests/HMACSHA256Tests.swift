import Hashing
import Testing

/// The examples of RFC 4231, and codes that are wrong.
@Suite struct HMACSHA256Tests {
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func publishedExample(key: [UInt8], message: String, digest: String) {
    let message = Array(message.utf8)
    #expect(HMACSHA256.hexDigest(of: message, key: key) == digest)
    #expect(HMACSHA256.isDigest(digest, of: message, key: key))
  }

  @Test func onlyTheWholeCodeIsRight() {
    let (key, message) = (Array("key".utf8), Array("message".utf8))
    let right = HMACSHA256.hexDigest(of: message, key: key)
    let wrong = [
      "", String(right.dropLast()), right + "0", right.uppercased(),
      String(right.dropLast()) + (right.hasSuffix("0") ? "1" : "0"),
    ]
    for text in wrong { #expect(!HMACSHA256.isDigest(text, of: message, key: key)) }
    #expect(!HMACSHA256.isDigest(right, of: message + [0], key: key))
  }
}
