internal import Imaging
internal import Posix
internal import Seedream

/// What received bytes are, told without decoding them.
///
/// Bytes that arrived are paid for: everything but a text, which is an error page, is a picture here.
struct PictureCheck {
  let format: FileFormat
  /// Pixels as the header says; zero where it cannot be read.
  var width = 0
  var height = 0
  /// What is not in order, a sentence or more; nil where nothing is.
  var remark: String?

  /// Throws `notAPicture` for nothing at all and for a text.
  ///
  /// - Parameter name: What the sentence calls the bytes: a path, or "the answer".
  init(_ picture: PictureReader, of name: String) throws(GalleryError) {
    let start = Array(picture[0..<ImageHeader.prefixLength])
    guard !start.isEmpty else {
      throw GalleryError(.notAPicture, "\(name) is empty.".capitalizedStart)
    }
    if let known = ImageHeader.format(of: start) {
      let header = ImageHeader.read(start)
      (width, height) = (header?.width ?? 0, header?.height ?? 0)
      format = FileFormat(rawValue: known.rawValue) ?? .unknown
      remark = [
        header == nil ? "Its size cannot be read." : nil,
        Self.isWhole(picture, known) ? nil : "Its end is missing.",
      ].compactMap(\.self).joined(separator: " ")
      if remark?.isEmpty == true { remark = nil }
      return
    }
    if let other = Self.otherFormat(start) {
      format = other
      return
    }
    guard !TextBytes(start).isText else {
      throw GalleryError(
        .notAPicture,
        "\(name) is not a picture but a text; it begins with \"\(Self.start(start))\"."
          .capitalizedStart)
    }
    format = .unknown
    remark = "Its format is not recognised."
  }

  /// Whether bytes are a picture in a format that is recognised.
  static func isRecognised(_ bytes: [UInt8]) -> Bool {
    let start = Array(bytes.prefix(ImageHeader.prefixLength))
    return ImageHeader.format(of: start) != nil || otherFormat(start) != nil
  }

  /// The header of a picture that can be sent and opened; throws `notAPicture`.
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

  /// Whether the end of the picture is there, for the formats that have one; what follows it does not
  /// matter.
  static func isWhole(_ picture: PictureReader, _ format: ImageFileFormat) -> Bool {
    var ending = PictureEnding(format)
    for range in picture.pieces(of: 0..<picture.count) where ending.end == nil {
      ending.note(picture[range])
    }
    return ending.isThere || ending.end.map { $0 <= picture.count } ?? false
  }

  /// Whether it is a picture in a known format, and its end is missing.
  static func lacksEnd(_ picture: PictureReader) -> Bool {
    let format = ImageHeader.format(of: Array(picture[0..<64]))
    return format.map { !isWhole(picture, $0) } ?? false
  }

  /// Formats that nothing here opens.
  private static func otherFormat(_ start: [UInt8]) -> FileFormat? {
    // ISO/IEC 18181-2: a bare codestream, or a container.
    if start.starts(with: [0xFF, 0x0A])
      || start.starts(with: [0, 0, 0, 12, 0x4A, 0x58, 0x4C, 0x20])
    {
      return .jxl
    }
    // The brands of AVIF (AV1 Image File Format, 8).
    if ["ftypavif", "ftypavis"].contains(where: { start.dropFirst(4).starts(with: $0.utf8) }) {
      return .avif
    }
    return TextBytes(start).isSVG ? .svg : nil
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
