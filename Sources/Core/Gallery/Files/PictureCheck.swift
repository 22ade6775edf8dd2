internal import Imaging
internal import Posix
internal import Seedream

/// Whether bytes are a picture that somebody can open, told without decoding it.
enum PictureCheck {
  /// What the first bytes say; throws `notAPicture`.
  ///
  /// - Parameter name: What the sentence calls the bytes: a path, or "the answer".
  static func header(
    _ bytes: some Collection<UInt8>, of name: String
  ) throws(GalleryError) -> (format: ImageFormat, width: Int, height: Int) {
    guard !bytes.isEmpty else {
      throw GalleryError(.notAPicture, "\(name) is empty.".capitalizedStart)
    }
    guard let header = ImageHeader.read(Array(bytes.prefix(ImageHeader.prefixLength))),
      let format = ImageFormat(rawValue: header.format.rawValue)
    else {
      throw GalleryError(
        .notAPicture,
        "\(name) is not a picture of a known format (JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC); it begins with \"\(start(bytes))\"."
          .capitalizedStart)
    }
    return (format, header.width, header.height)
  }

  /// Whether the end of the file is there, for the formats that have one.
  static func isWhole(_ picture: PictureReader, _ format: ImageFormat) -> Bool {
    let end = picture[max(0, picture.count - (64 << 10))..<picture.count]
    return switch format {
    // End of image (ITU-T T.81, B.1.1.3); some writers add bytes after it.
    case .jpeg: contains([0xFF, 0xD9], within: end)
    // The type of the last chunk (PNG, second edition, 11.2.5).
    case .png: contains([0x49, 0x45, 0x4E, 0x44], within: end)
    // The size of the container (RFC 9649, 2.4).
    case .webp: picture.count >= 12 && riffSize(picture) + 8 <= picture.count
    default: true
    }
  }

  private static func contains(_ mark: [UInt8], within tail: ArraySlice<UInt8>) -> Bool {
    tail.indices.reversed().contains { tail[$0...].starts(with: mark) }
  }

  private static func riffSize(_ picture: PictureReader) -> Int {
    picture[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The first bytes as text, for people who were sent an error page.
  private static func start(_ bytes: some Collection<UInt8>) -> String {
    printable(String(decoding: bytes.prefix(24), as: UTF8.self)).replacing("\"", with: "'")
  }
}

extension String {
  fileprivate var capitalizedStart: String {
    hasPrefix("/") || hasPrefix(".") ? self : prefix(1).uppercased() + dropFirst()
  }
}
