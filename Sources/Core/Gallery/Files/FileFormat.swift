package import Seedream

/// What the file of a picture in the gallery is: the formats of the wire, and others that a provider may
/// have sent. What arrived is paid for and filed, whether or not anything here can open it.
package enum FileFormat: String, Equatable, Sendable, Codable, CaseIterable {
  case jpeg, png, webp, bmp, tiff, gif, heic, heif
  case avif
  case jxl
  case svg
  /// Bytes in a format that is not recognised; the file is called `.bin`.
  case unknown = "bin"

  /// Nil for what the wire does not name.
  package var image: ImageFormat? { ImageFormat(rawValue: rawValue) }

  package init(_ format: ImageFormat) {
    self = FileFormat(rawValue: format.rawValue) ?? .unknown
  }

  /// Whether bytes are a picture in a format that is known, whole or not.
  package static func isRecognised(_ bytes: [UInt8]) -> Bool { PictureCheck.isRecognised(bytes) }

  /// Whether bytes are a text and no picture.
  package static func isText(_ bytes: [UInt8]) -> Bool {
    !isRecognised(bytes) && TextBytes(bytes).isText
  }

  /// As file names have it: `jpg` for JPEG.
  var fileExtension: String {
    switch self {
    case .jpeg: "jpg"
    case .tiff: "tif"
    default: rawValue
    }
  }

  /// The format a file name promises.
  package init?(fileExtension: some StringProtocol) {
    switch fileExtension.lowercased() {
    case "jpg", "jpeg": self = .jpeg
    case "tif", "tiff": self = .tiff
    case let other: self.init(rawValue: other)
    }
  }
}
