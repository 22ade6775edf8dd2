/// Decodes pictures of any known format into pixels, upright as their EXIF orientation says.
///
/// Safe to call from any thread. The decoders are C code that reads bytes of strangers: a program
/// that must not crash calls them in a process of its own.
package enum PixelDecoder {
  /// Pictures of more pixels are refused by their header, before any decoding.
  package static let maximumPixels = 64_000_000
  /// Files of more bytes are refused.
  package static let maximumBytes = 256 << 20

  /// Decodes a regular file.
  ///
  /// - Parameter maximumSide: The longest side of the result in pixels; a larger picture is scaled
  ///   down while it is decoded, a smaller one stays as it is.
  /// - Parameter takesParts: Shows what there is of a picture whose end is missing or that is damaged
  ///   further on, instead of refusing it.
  package static func decode(
    file path: String, fitting maximumSide: Int? = nil, takesParts: Bool = false
  ) throws(ImagingError) -> Pixels {
    try decode(
      { $0.fitted(maximumSide) }, takesParts: takesParts, context: path, ImageFile(path).next)
  }

  /// Decodes a regular file for a small view of it, with what there is of a damaged one: as few pixels as
  /// come cheaply. A JPEG is decoded at an eighth, a quarter or a half and not scaled again.
  ///
  /// - Parameters:
  ///   - side: How many pixels are wanted of the longest side, from its header; there are more where that
  ///     is cheaper, and fewer where the picture has no more.
  ///   - goesOn: Asked between the pieces of the file; false ends it with `abandoned`.
  package static func preview(
    file path: String, goesOn: () -> Bool = { true }, side: (ImageHeader) -> Int
  ) throws(ImagingError) -> Pixels {
    let file = try ImageFile(path)
    return try decode(
      { $0.cheapest(side($0)) }, takesParts: true, context: path
    ) { () throws(ImagingError) in
      guard goesOn() else {
        throw ImagingError(.abandoned, "The picture is not wanted any more.", context: path)
      }
      return try file.next()
    }
  }

  /// Decodes the bytes of a whole file.
  package static func decode(
    bytes: [UInt8], fitting maximumSide: Int? = nil
  ) throws(ImagingError) -> Pixels {
    var rest: [UInt8]? = bytes
    return try decode({ $0.fitted(maximumSide) }, takesParts: false, context: "") {
      () throws(ImagingError) in
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// The header of a file, with the checks that come before decoding it.
  package static func header(file path: String) throws(ImagingError) -> ImageHeader {
    try header(ImageFile(path).next(), context: path)
  }

  private static func header(
    _ prefix: [UInt8], context: String
  ) throws(ImagingError) -> ImageHeader {
    guard let header = ImageHeader.read(prefix) else {
      throw ImagingError(
        .unknownFormat, "This is not a JPEG, PNG, WebP, GIF, BMP, TIFF or HEIC picture.",
        context: context)
    }
    guard header.width * header.height <= maximumPixels else {
      throw ImagingError(
        .tooLarge,
        "The picture is \(header.width)x\(header.height); at most 64 megapixels are taken.",
        context: context)
    }
    return header
  }

  private static func decode(
    _ size: (ImageHeader) -> (width: Int, height: Int), takesParts: Bool, context: String,
    _ next: () throws(ImagingError) -> [UInt8]
  ) throws(ImagingError) -> Pixels {
    var piece = try next()
    let header = try header(piece, context: context)
    let (width, height) = size(header)
    let loader = try PixbufLoader(header.format, width: width, height: height, context: context)
    var ending = PictureEnding(header.format)
    var total = 0
    do throws(ImagingError) {
      // What stands behind the end is no part of the picture, and decoders stumble over it.
      while !piece.isEmpty, total < ending.end ?? .max {
        ending.note(piece[...])
        try loader.write(piece.prefix((ending.end ?? .max) - total))
        total += piece.count
        guard total <= maximumBytes else {
          throw ImagingError(.tooLarge, "The file is larger than 256 MiB.", context: context)
        }
        piece = try next()
      }
      guard ending.isThere else {
        throw ImagingError(.damaged, "The picture ends early.", context: context)
      }
    } catch {
      guard takesParts, error.code == .damaged else { throw error }
    }
    let picture = try loader.finish(takesParts: takesParts).upright()
    guard max(picture.width, picture.height) > max(width, height) else {
      return try picture.pixels()
    }
    return try picture.scaled(width: width, height: height).pixels()
  }
}

extension ImageHeader {
  /// The size with a longest side of so many pixels at most.
  fileprivate func fitted(_ maximumSide: Int?) -> (width: Int, height: Int) {
    let longest = max(width, height)
    guard let maximumSide, longest > maximumSide else { return (width, height) }
    let factor = Double(max(maximumSide, 1)) / Double(longest)
    func side(_ length: Int) -> Int { max(1, Int((Double(length) * factor).rounded())) }
    return (side(width), side(height))
  }

  /// A size that costs little: of a JPEG the smallest that its decoder makes by itself (a block of 8x8
  /// becomes 1, 2x2 or 4x4 pixels) and that has as many, of others just as many.
  fileprivate func cheapest(_ side: Int) -> (width: Int, height: Int) {
    guard format == .jpeg else { return fitted(side) }
    let longest = max(width, height)
    let part = [8, 4, 2].first { (longest + $0 - 1) / $0 >= side } ?? 1
    return ((width + part - 1) / part, (height + part - 1) / part)
  }
}
