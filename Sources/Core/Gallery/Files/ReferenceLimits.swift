internal import Posix
package import Seedream

/// What an input picture may be; the model's own limits decide.
package struct ReferenceLimits: Equatable, Sendable {
  package var maximumBytes: Int
  /// Width times height.
  package var maximumPixels: Int
  /// The shorter side, in pixels.
  package var minimumSide: Int
  /// The longer side over the shorter; nil for any shape.
  package var longestAspect: Int?

  /// The defaults refuse only what no model takes.
  package init(
    maximumBytes: Int = 50 << 20, maximumPixels: Int = 64 << 20, minimumSide: Int = 1,
    longestAspect: Int? = nil
  ) {
    self.maximumBytes = maximumBytes
    self.maximumPixels = maximumPixels
    self.minimumSide = minimumSide
    self.longestAspect = longestAspect
  }

  /// What every provider of the seeds takes, older endpoints too.
  package static let wire = ReferenceLimits(
    maximumBytes: ReferenceBounds.safeByteCount, maximumPixels: ReferenceBounds.maximumPixelCount,
    minimumSide: ReferenceBounds.minimumSide, longestAspect: ReferenceBounds.longestAspect)

  /// Reads a file that may be sent and holds it against the limits; writes nothing.
  ///
  /// Throws `notAPicture`, `tooLarge` or `truncated` with a sentence that names the file, else what
  /// reading throws.
  package func read(file path: String) throws(GalleryError) -> (bytes: [UInt8], format: ImageFormat)
  {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path, limit: maximumBytes)
    } catch {
      if error.code == PosixError.tooLarge {
        throw GalleryError(
          .tooLarge, "\(printable(path)) has more than \(Self.megabytes(maximumBytes)).")
      }
      throw GalleryError(reading: error)
    }
    return (bytes, try format(of: bytes, named: path))
  }

  /// Holds the bytes of a picture against the limits.
  func format(of bytes: [UInt8], named origin: String) throws(GalleryError) -> ImageFormat {
    let name = printable(Address.withoutSecrets(origin))
    let header = try PictureCheck.header(bytes, of: name)
    let (long, short) = (max(header.width, header.height), min(header.width, header.height))
    let measure = "\(name) is \(header.width)x\(header.height)"
    guard bytes.count <= maximumBytes else {
      throw GalleryError(
        .tooLarge,
        "\(name) has \(Self.megabytes(bytes.count)); \(Self.megabytes(maximumBytes)) are allowed.")
    }
    guard header.width * header.height <= maximumPixels else {
      throw GalleryError(.tooLarge, "\(measure); \(maximumPixels) pixels are allowed.")
    }
    guard short >= minimumSide else {
      throw GalleryError(.notAPicture, "\(measure); each side needs \(minimumSide) pixels.")
    }
    if let longestAspect, long > longestAspect * short {
      throw GalleryError(
        .notAPicture, "\(measure); one side may be at most \(longestAspect) times the other.")
    }
    guard !PictureCheck.lacksEnd(PictureReader(bytes)) else {
      throw GalleryError(.truncated, "The end of \(name) is missing.")
    }
    return header.format
  }

  /// Millions of bytes, as the vendor's pages count.
  private static func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000) / 100_000
    return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
  }
}
