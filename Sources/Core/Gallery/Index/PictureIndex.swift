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

/// What lists and search ask of a gallery's index, whatever keeps it.
///
/// Not `Sendable`: one for each actor or thread. Every call may block and throws `index`, `cannotRead`, and what
/// it says itself.
package protocol PictureIndex: AnyObject {
  /// A part of a list. All that is in it is of one moment.
  func page(_ request: PageRequest) throws(GalleryError) -> PicturePage<FoldedPicture>

  /// What has happened to the list of all pictures since the moment of a page; nil where that is not known any
  /// more, or too much to tell: then the page is to be read again.
  ///
  /// - Parameter position: Of the first row that is known, whose number is to be told.
  func changes(
    since mark: Int64, above position: PicturePosition?
  ) throws(GalleryError) -> PageChanges<FoldedPicture>?

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
