/// A file format that is recognised by its first bytes.
package enum ImageFileFormat: String, CaseIterable, Equatable, Sendable {
  case jpeg, png, webp, gif, bmp, tiff, heic
}

/// What the first bytes of a picture say, read without decoding anything.
///
/// Pure and bounds-checked: any bytes may be given, and nothing is believed but the two sides.
package struct ImageHeader: Equatable, Sendable {
  package let format: ImageFileFormat
  /// In pixels as stored, before an EXIF orientation is applied; at least one.
  package let width: Int
  /// In pixels as stored, before an EXIF orientation is applied; at least one.
  package let height: Int

  package init(format: ImageFileFormat, width: Int, height: Int) {
    self.format = format
    self.width = width
    self.height = height
  }

  /// As many bytes as are worth reading from the start of a file: a JPEG may carry a profile and a
  /// preview of several 64 KiB segments before its size.
  package static let prefixLength = 512 << 10

  /// Reads the header, or nil when the format is unknown or the size is not within the prefix.
  package static func read(_ prefix: [UInt8]) -> ImageHeader? {
    let bytes = HeaderBytes(prefix)
    guard let format = format(bytes), let size = size(format, bytes) else { return nil }
    guard sides.contains(size.width), sides.contains(size.height) else { return nil }
    return ImageHeader(format: format, width: size.width, height: size.height)
  }

  /// The format that the first bytes tell; nil for one that is not known.
  package static func format(of prefix: [UInt8]) -> ImageFileFormat? {
    format(HeaderBytes(prefix))
  }

  /// The sides that are believed, in pixels; every product of two fits an `Int`.
  static let sides = 1...1 << 24

  private static func format(_ bytes: HeaderBytes) -> ImageFileFormat? {
    if bytes.has([0xFF, 0xD8, 0xFF], at: 0) { return .jpeg }
    if bytes.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0) { return .png }
    if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) { return .webp }
    if bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0) { return .gif }
    if bytes.has("BM", at: 0) { return .bmp }
    if bytes.has([0x49, 0x49, 42, 0], at: 0) || bytes.has([0x4D, 0x4D, 0, 42], at: 0) {
      return .tiff
    }
    if bytes.isHEIC { return .heic }
    return nil
  }

  private static func size(
    _ format: ImageFileFormat, _ bytes: HeaderBytes
  ) -> (width: Int, height: Int)? {
    switch format {
    case .jpeg: bytes.jpegSize
    case .png: bytes.pngSize
    case .webp: bytes.webpSize
    case .gif: bytes.gifSize
    case .bmp: bytes.bmpSize
    case .tiff: bytes.tiffSize
    case .heic: bytes.heicSize
    }
  }
}
