/// The way into one gallery: what reads its index, what keeps its bytes, and what makes sure that one process
/// writes.
///
/// Whoever reads, and whoever keeps bytes through `BlobStore`, knows no more. `GalleryWriter` knows a directory
/// besides: it writes the index (`GalleryIndex`), and moves whole files.
package struct GalleryAccess: Sendable {
  /// An index for one actor or thread; opened when it is first asked.
  package let makeIndex: @Sendable () -> any PictureIndex

  package let blobs: any BlobStore
  /// Throws `inUse` while another process writes, or `noSpace` or `cannotWrite`.
  package let acquireLease: @Sendable () throws(GalleryError) -> any WriterLease

  package init(
    makeIndex: @escaping @Sendable () -> any PictureIndex, blobs: any BlobStore,
    acquireLease: @escaping @Sendable () throws(GalleryError) -> any WriterLease
  ) {
    self.makeIndex = makeIndex
    self.blobs = blobs
    self.acquireLease = acquireLease
  }

  /// A gallery in a directory, with its index beside the pictures.
  ///
  /// - Parameters:
  ///   - thumbnails: Absolute; the directory where thumbnails are kept, nil for none.
  ///   - thumbnailBytes: What all thumbnails together may have; a few more may be there for a while.
  package init(
    _ layout: GalleryLayout, thumbnails: String? = nil, thumbnailBytes: Int = 64 << 20
  ) {
    self.init(
      makeIndex: { GalleryReader(layout) },
      blobs: DirectoryBlobStore(
        layout: layout,
        thumbnails: thumbnails.map { ThumbnailCache(directory: $0, byteLimit: thumbnailBytes) }),
      acquireLease: { () throws(GalleryError) in try FileLease(layout) })
  }
}
