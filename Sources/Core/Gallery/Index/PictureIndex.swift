package import Paging

/// A picture as a row of a list: of a set of layers the lowest stands for all of it.
package struct FoldedPicture: Equatable, Sendable {
  package var picture: PictureRecord
  /// The layers it stands for beside itself, from the bottom up.
  package var layers: [PictureRecord]

  package init(_ picture: PictureRecord, layers: [PictureRecord] = []) {
    self.picture = picture
    self.layers = layers
  }
}

/// What has happened to the rows of a list since it was read.
package struct IndexChanges: Equatable, Sendable {
  /// Rows that are new or not as they were, newest first.
  package var changed: [FoldedPicture]
  /// Pictures that have no row of their own any more.
  package var removed: [PictureID]
  package var mark: Int64

  package init(changed: [FoldedPicture], removed: [PictureID], mark: Int64) {
    self.changed = changed
    self.removed = removed
    self.mark = mark
  }
}

/// What lists and search ask of a gallery's index, whatever keeps it.
///
/// Not `Sendable`: one for each actor or thread. Every call may block and throws `index`, `cannotRead`, and what
/// it says itself.
package protocol PictureIndex: AnyObject {
  /// A part of a list. All that is in it is of one moment.
  func page(_ request: PageRequest) throws(GalleryError) -> PicturePage<FoldedPicture>

  /// What has happened since the moment of a page; nil where that is not known any more, or too much to tell:
  /// then the page is to be read again.
  func changes(since mark: Int64) throws(GalleryError) -> IndexChanges?

  /// The picture with this id, or the only one whose id begins so. Throws `notFound` or `ambiguous`.
  func picture(_ text: String) throws(GalleryError) -> PictureRecord

  /// The pictures of one job in the order of its set.
  func pictures(of job: JobID) throws(GalleryError) -> [PictureRecord]

  /// The pictures made from this one, oldest first.
  func children(of id: PictureID) throws(GalleryError) -> [PictureRecord]

  /// Everything in the trash, what came last first.
  func trashedPictures() throws(GalleryError) -> [TrashedPicture]
}

extension GalleryReader: PictureIndex {}
