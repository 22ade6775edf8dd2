package import Seedream

/// A picture that is on disk with its record.
package struct SavedPicture: Equatable, Sendable {
  /// `k7f2-1`.
  package var id: String
  /// What its file is called in the gallery, `2026-11-21/143205-k7f2-1-red-lantern.jpg`; nothing is absolute that
  /// crosses a border.
  package var file: String
  /// Pixels; zero where the file does not tell.
  package var width: Int
  package var height: Int
  package var byteCount: Int
  /// Seconds since 1970.
  package var created: Double
  /// When it was put into the trash, where `file` is then, in seconds since 1970; nil while it is in the
  /// gallery.
  package var trashed: Double?
  /// Where it lies, if a picture was split into layers.
  package var layer: PictureLayer?
  /// What lies behind the subject, as the provider said it with a layer.
  package var background: String?
  /// What is not in order about its bytes, in a sentence; nil where nothing is.
  package var remark: String?

  package init(
    id: String, file: String, width: Int, height: Int, byteCount: Int, created: Double,
    remark: String? = nil
  ) {
    self.id = id
    self.file = file
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.created = created
    self.remark = remark
  }

  /// What its file is; nil for what the wire does not name.
  package var format: ImageFormat? {
    switch file.split(separator: ".").last?.lowercased() {
    case "jpg", "jpeg": .jpeg
    case "tif", "tiff": .tiff
    case let other: other.flatMap { ImageFormat(rawValue: $0) }
    }
  }

  /// What is to be said of a picture that is filed and not in order; nil for one that is.
  var notice: String? {
    remark.map {
      "Picture \(id) was saved as it arrived: \($0.prefix(1).lowercased())\($0.dropFirst())"
    }
  }
}
