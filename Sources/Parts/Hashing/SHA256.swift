internal import CGLib

/// SHA-256 of bytes that arrive piece by piece (FIPS 180-4), by GLib's `GChecksum`.
///
/// The one owner of its checksum, freed in `deinit`.
@safe package struct SHA256: ~Copyable {
  private let checksum: OpaquePointer?

  package init() {
    // Nil only for a kind of checksum GLib does not know; SHA-256 is there since 2.16.
    unsafe checksum = g_checksum_new(G_CHECKSUM_SHA256)
  }

  deinit {
    if let checksum = unsafe checksum { unsafe g_checksum_free(checksum) }
  }

  /// Adds the next bytes.
  package mutating func update(_ bytes: some Collection<UInt8>) {
    guard let checksum = unsafe checksum else { return }
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable {
      unsafe g_checksum_update(checksum, $0.baseAddress, $0.count)
    }
    if isContiguous == nil { update([UInt8](bytes)) }
  }

  /// The digest of everything added: 64 lower-case hex digits.
  package consuming func hexDigest() -> String {
    guard let checksum = unsafe checksum, let text = unsafe g_checksum_get_string(checksum)
    else { return "" }
    return unsafe String(cString: text)
  }

  /// The digest of bytes that are all there.
  package static func hexDigest(of bytes: some Collection<UInt8>) -> String {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.hexDigest()
  }
}
