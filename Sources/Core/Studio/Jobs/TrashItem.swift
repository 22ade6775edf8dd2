package import Gallery

/// A picture in the trash, as the control socket tells it.
package struct TrashItem: Codable, Equatable, Sendable {
  /// `k7f2-1`.
  package var id: String
  /// Absolute, in the trash.
  package var path: String
  package var prompt: String
  package var width: Int
  package var height: Int
  package var byteCount: Int
  /// Seconds since 1970.
  package var created: Double
  /// When it was put there, in seconds since 1970.
  package var trashed: Double

  /// The ids of the layers that came here with it, and go with it; nil where it stands for itself alone.
  package var layers: [String]?

  /// Everything in the trash, in the same order.
  package static func all(
    _ trashed: [TrashedPicture], in layout: GalleryLayout
  ) -> [TrashItem] {
    trashed.map { TrashItem($0, with: $0.set(among: trashed), in: layout) }
  }

  /// - Parameter set: What goes with it, itself among them.
  init(_ trashed: TrashedPicture, with set: [TrashedPicture], in layout: GalleryLayout) {
    let picture = trashed.picture
    id = picture.id.description
    path = layout.path(relative: picture.path)
    prompt = picture.prompt
    width = picture.width
    height = picture.height
    byteCount = picture.byteCount
    created = picture.created.seconds
    self.trashed = trashed.trashed.seconds
    let others = set.map(\.picture.id.description).filter { $0 != picture.id.description }
    layers = others.isEmpty ? nil : others
  }
}
