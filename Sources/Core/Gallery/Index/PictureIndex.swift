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

/// A picture that was made from another one, and how.
package struct ChildPicture: Equatable, Sendable {
  package var picture: PictureRecord
  package var kind: ParentEdge.Kind

  package init(_ picture: PictureRecord, _ kind: ParentEdge.Kind) {
    self.picture = picture
    self.kind = kind
  }
}

/// What is asked of a gallery's index, whatever keeps it: pages of lists, search, counts, pictures by their ids,
/// lineage, the trash. It may be asked while somebody writes; a gallery without an index is empty.
///
/// Not `Sendable`: one for each actor or thread (`GalleryAccess.makeIndex`). Every call may block for milliseconds
/// and throws `index`, `cannotRead`, and what it says itself.
package protocol PictureIndex: AnyObject {
  // MARK: Lists

  /// A part of a list. All that is in it is of one moment.
  func page(_ request: PageRequest) throws(GalleryError) -> PicturePage<FoldedPicture>

  /// What has happened to the list of all pictures since the moment of a page; nil where that is not known any
  /// more, or too much to tell: then the page is to be read again.
  ///
  /// - Parameter position: Of the first row that is known, whose number is to be told.
  func changes(
    since mark: Int64, above position: PicturePosition?
  ) throws(GalleryError) -> PageChanges<FoldedPicture>?

  /// Pictures whose prompt has all the words, newest first; the last word may be unfinished.
  ///
  /// East Asian letters are found wherever they stand side by side. A text without letters and digits finds all
  /// pictures.
  ///
  /// - Parameters:
  ///   - position: Only older pictures than this one are wanted.
  ///   - isFolded: Of a set of layers only the lowest stands for all of it.
  func search(
    _ words: String, limit: Int, before position: PicturePosition?, isFolded: Bool
  ) throws(GalleryError) -> [PictureRecord]

  /// How many pictures `search` finds in all; every layer is one.
  func count(matching words: String) throws(GalleryError) -> Int

  // MARK: Pictures

  /// The picture with this id, or the only one whose id begins so: `k7f2-1`, `k7f`.
  ///
  /// Throws `notFound`, or `ambiguous` with the first ids that fit.
  func picture(_ text: String) throws(GalleryError) -> PictureRecord

  /// The pictures of one job in the order of its set.
  func pictures(of job: JobID) throws(GalleryError) -> [PictureRecord]

  /// The pictures of the gallery made from this one, oldest first. One that comes from it in several ways is there
  /// as often, in the order of the names of the kinds. Nothing but tests asks yet: the view of lineage will.
  func children(of id: PictureID) throws(GalleryError) -> [ChildPicture]

  /// The pictures of an experiment, oldest first. Nothing but tests asks yet: the view of experiments will.
  func pictures(of experiment: ExperimentID) throws(GalleryError) -> [PictureRecord]

  // MARK: The trash

  /// Everything in the trash, what came last first.
  func trashedPictures() throws(GalleryError) -> [TrashedPicture]

  /// The picture in the trash with this id, or the only one whose id begins so; of two with one id what came last.
  ///
  /// Throws `notFound`, or `ambiguous` with the first ids that fit.
  func trashedPicture(_ text: String) throws(GalleryError) -> TrashedPicture
}

// What follows from the rest.
extension PictureIndex {
  package func changes(
    since mark: Int64
  ) throws(GalleryError) -> PageChanges<FoldedPicture>? {
    try changes(since: mark, above: nil)
  }

  /// Every picture that matches, those of a set of layers one by one.
  package func search(
    _ words: String, limit: Int, before position: PicturePosition? = nil
  ) throws(GalleryError) -> [PictureRecord] {
    try search(words, limit: limit, before: position, isFolded: false)
  }

  /// The newest pictures, newest first; after the first page, those before the last one of a page.
  package func newest(
    limit: Int, before position: PicturePosition? = nil
  ) throws(GalleryError) -> [PictureRecord] {
    try search("", limit: limit, before: position)
  }

  /// How many pictures there are.
  package func count() throws(GalleryError) -> Int { try count(matching: "") }

  /// The picture with this id, in the gallery or else in the trash: what was made from a picture, or is to
  /// be, does not depend on where it lies. A shortened id is of the gallery first.
  ///
  /// Throws what `picture` throws.
  package func pictureAnywhere(_ text: String) throws(GalleryError) -> PictureRecord {
    do throws(GalleryError) {
      return try picture(text)
    } catch {
      guard error.code == .notFound, let trashed = try? trashedPicture(text) else { throw error }
      return trashed.picture
    }
  }

  /// What a picture, of the gallery or the trash, was made from, in the order of its record; each in every way it
  /// was. Nothing but tests asks yet: the view of lineage will.
  ///
  /// Throws what `picture` throws.
  package func parents(of id: PictureID) throws(GalleryError) -> [ParentEdge] {
    try pictureAnywhere(id.description).parentEdges
  }

  /// The set of layers of a job from the bottom up, the base first; empty where nothing was split.
  package func layers(of job: JobID) throws(GalleryError) -> [PictureRecord] {
    try pictures(of: job).filter { $0.layer != nil }.sorted {
      ($0.layer ?? 0, $0.position) < ($1.layer ?? 0, $1.position)
    }
  }

  /// What goes when a picture goes: the lowest one that is left of a set of layers stands for all of it, the
  /// base first; every other picture is alone.
  package func set(of picture: PictureRecord) throws(GalleryError) -> [PictureRecord] {
    guard picture.layer != nil else { return [picture] }
    let layers = try layers(of: picture.id.job)
    return layers.first?.id == picture.id ? layers : [picture]
  }

  /// The same in the trash: what comes back with a picture, and is erased with it, is what went with it.
  package func trashedSet(of picture: TrashedPicture) throws(GalleryError) -> [TrashedPicture] {
    picture.set(among: try trashedPictures())
  }
}
