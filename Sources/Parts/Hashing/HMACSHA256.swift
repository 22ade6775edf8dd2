internal import CNettle

/// Tells whether a text was written by who knows a key: HMAC with SHA-256 (RFC 2104, FIPS 198-1).
package enum HMACSHA256 {
  /// The code of a message: 64 lower-case hex digits.
  package static func hexDigest(of message: [UInt8], key: [UInt8]) -> String {
    var context = hmac_sha256_ctx()
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    unsafe nettle_hmac_sha256_set_key(&context, key.count, key)
    unsafe nettle_hmac_sha256_update(&context, message.count, message)
    unsafe nettle_hmac_sha256_digest(&context, digest.count, &digest)
    return SHA256.hexText(digest)
  }

  /// Whether this is the code of a message. Takes as long wherever it differs: a code cannot be guessed
  /// digit by digit.
  package static func isDigest(_ text: String, of message: [UInt8], key: [UInt8]) -> Bool {
    let right = Array(hexDigest(of: message, key: key).utf8)
    let given = Array(text.utf8)
    guard given.count == right.count else { return false }
    return unsafe nettle_memeql_sec(given, right, right.count) != 0
  }
}
