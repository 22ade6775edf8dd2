/// The way into one gallery: what reads its index, what keeps its bytes, and what makes sure that one process
/// writes.
///
/// Whoever reads, writes the index, or keeps bytes through `BlobStore`, knows no more. `GalleryWriter` knows a
/// directory besides: drafts and the scan are files in it, and so is what a crash has left.
package struct GalleryAccess: Sendable {
  /// An index for one actor or thread; opened when it is first asked.
  package let makeIndex: @Sendable () -> any PictureIndex

  /// The writing half of the same index, for the `GalleryWriter`. Throws `index` for one that cannot be used and may
  /// be made anew, `newerIndex`, `noSpace` or `cannotWrite`.
  package let openIndex: @Sendable (_ anew: Bool) throws(GalleryError) -> any IndexWriter

  package let blobs: any BlobStore
  /// Throws `inUse` while another process writes, or `noSpace` or `cannotWrite`.
  package let acquireLease: @Sendable () throws(GalleryError) -> any WriterLease

  package init(
    makeIndex: @escaping @Sendable () -> any PictureIndex,
    openIndex: @escaping @Sendable (_ anew: Bool) throws(GalleryError) -> any IndexWriter,
    blobs: any BlobStore,
    acquireLease: @escaping @Sendable () throws(GalleryError) -> any WriterLease
  ) {
    self.makeIndex = makeIndex
    self.openIndex = openIndex
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
      openIndex: { anew throws(GalleryError) in
        if anew { try GalleryIndex.remove(layout.index) }
        return try GalleryIndex(path: layout.index)
      },
      blobs: DirectoryBlobStore(
        layout: layout,
        thumbnails: thumbnails.map { ThumbnailCache(directory: $0, byteLimit: thumbnailBytes) }),
      acquireLease: { () throws(GalleryError) in try FileLease(layout) })
  }
}
