/// The way into one gallery for all who read it, and the only place that knows what keeps its index.
package struct GalleryAccess: Sendable {
  /// An index for one actor or thread; opened when it is first asked.
  package let makeIndex: @Sendable () -> any PictureIndex

  package init(makeIndex: @escaping @Sendable () -> any PictureIndex) {
    self.makeIndex = makeIndex
  }

  /// A gallery in a directory, with its index beside the pictures.
  package init(_ layout: GalleryLayout) {
    self.init { GalleryReader(layout) }
  }
}
