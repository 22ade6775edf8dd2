internal import Hashing
internal import Posix

/// The secret of a gallery with which addresses of its pictures are signed: whoever can read it serves
/// them, so that any number of gateways give out addresses that all of them know.
package struct AddressKey: Sendable {
  private let bytes: [UInt8]

  /// Reads the key of a gallery that is there, and makes it in one step where it has none: whoever comes
  /// second takes that of the first. May wait for the disk.
  ///
  /// Throws `cannotRead` for a key that is not the user's alone or is damaged, or what writing throws.
  package init(_ layout: GalleryLayout) throws(GalleryError) {
    if !FileSystem.exists(layout.addressKey) { try Self.make(layout) }
    do {
      let file = try FileInformation(of: layout.addressKey, followingLinks: false)
      let isPrivate =
        file.kind == .file && file.isClosedToOthers
        && (file.owner == ThisProcess.user || ThisProcess.user == 0)
      guard isPrivate else {
        throw GalleryError(
          .cannotRead,
          "Others could sign addresses with \(printable(layout.addressKey)): remove it, and every "
            + "address given out so far.")
      }
      bytes = try FileSystem.readFile(layout.addressKey, limit: 256).filter { $0 != 0x0A }
    } catch let error as GalleryError {
      throw error
    } catch let error as PosixError {
      throw GalleryError(reading: error)
    } catch {
      throw GalleryError(.cannotRead, "The gallery's key for addresses cannot be read: \(error).")
    }
    guard bytes.count == 2 * Self.length else {
      throw GalleryError(
        .cannotRead, "\(printable(layout.addressKey)) is damaged: remove it, a new one is made.")
    }
  }

  /// The signature of a text: 64 lower-case hex digits.
  package func signature(of text: String) -> String {
    HMACSHA256.hexDigest(of: Array(text.utf8), key: bytes)
  }

  /// Whether this is the signature of a text; takes as long wherever it differs.
  package func isSignature(_ signature: String, of text: String) -> Bool {
    HMACSHA256.isDigest(signature, of: Array(text.utf8), key: bytes)
  }

  /// Random bytes; the file has them in hexadecimal.
  private static let length = 32

  private static func make(_ layout: GalleryLayout) throws(GalleryError) {
    try layout.checkPresence()
    let text = Randomness.hexadecimal(byteCount: length) + "\n"
    do throws(PosixError) {
      try DurableFile.write(Array(text.utf8), to: layout.addressKey, mode: 0o600)
    } catch {
      guard error.code != PosixError.alreadyExists else { return }
      throw GalleryError(writing: error)
    }
  }
}
