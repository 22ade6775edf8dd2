import Hashing
import Testing

/// The examples NIST publishes for SHA-256 beside FIPS 180-4, and lengths around a block's edge.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
        + "lmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func publishedExample(text: String, digest: String) {
    #expect(SHA256.hexDigest(of: Array(text.utf8)) == digest)
  }

  @Test func aMillionTimesTheLetterA() {
    var hasher = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    for _ in 0..<1000 { hasher.update(piece) }
    #expect(
      hasher.hexDigest() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 127, 128, 129])
  func piecesGiveTheDigestOfTheWhole(cut: Int) {
    let bytes = (0..<200).map { UInt8($0) }
    var hasher = SHA256()
    hasher.update(bytes[..<cut])
    hasher.update([])
    hasher.update(bytes[cut...])
    #expect(hasher.hexDigest() == SHA256.hexDigest(of: bytes))
  }

  @Test func bytesThatDoNotLieTogetherAreTakenToo() {
    let reversed = [UInt8]("cba".utf8).reversed()
    #expect(SHA256.hexDigest(of: reversed) == SHA256.hexDigest(of: Array("abc".utf8)))
  }
}
