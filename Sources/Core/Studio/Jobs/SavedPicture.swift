/// A picture that is on disk with its record.
package struct SavedPicture: Codable, Equatable, Sendable {
  /// `k7f2-1`.
  package var id: String
  /// Absolute.
  package var path: String
  package var width: Int
  package var height: Int
  package var byteCount: Int
  /// Seconds since 1970.
  package var created: Double
  /// When it was put into the trash, where `path` is then, in seconds since 1970; nil while it is in the
  /// gallery.
  package var trashed: Double?

  package init(
    id: String, path: String, width: Int, height: Int, byteCount: Int, created: Double
  ) {
    self.id = id
    self.path = path
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.created = created
  }
}
