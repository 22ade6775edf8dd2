/// What is written to a gallery's index, whatever keeps it: the other half of `PictureIndex`. The index is a cache of
/// the birth records, which are the truth: it may be lost at any time, and is made anew from them.
///
/// Each call is one step for whoever reads meanwhile. Not `Sendable`: it belongs to the one `GalleryWriter` of a
/// gallery. Every call may wait for the disk and throws `index`, `noSpace` or `cannotWrite`.
package protocol IndexWriter: AnyObject {
  /// Whether nothing has filled it yet, `replaceAll` by what the records have: it lacks that. What it says is as lasting
  /// as the index, so that it is known of one whose first filling was cut off.
  var isNew: Bool { get }

  /// Adds a picture, or replaces the row of the same id; returns it with its place in time.
  @discardableResult
  func insert(_ record: PictureRecord) throws(GalleryError) -> PictureRecord

  /// Puts these pictures in the place of all the index had.
  func replaceAll(_ records: [PictureRecord], trash: [TrashedPicture]) throws(GalleryError)

  /// Whether a job has a picture, in the trash too, or had one that others were made from.
  func contains(_ job: JobID) throws(GalleryError) -> Bool

  /// The row of a picture of the gallery; nil where there is none.
  func picture(_ id: PictureID) throws(GalleryError) -> PictureRecord?

  // MARK: The trash

  /// Where everything in the trash lies, by the names that the rows have.
  func trashPaths() throws(GalleryError) -> Set<String>

  /// The picture of this id that was put into the trash last; nil where there is none.
  func trashed(_ id: PictureID) throws(GalleryError) -> TrashedPicture?

  /// Moves a row out of the gallery.
  ///
  /// - Parameter from: Where the picture lay. The row of another picture that has its id by now stays.
  func moveToTrash(_ picture: TrashedPicture, from: String) throws(GalleryError)

  /// Moves a row back into the gallery; returns it with its place in time.
  ///
  /// - Parameter trashPath: Where the picture lay in the trash.
  func restore(
    _ record: PictureRecord, from trashPath: String
  ) throws(GalleryError) -> PictureRecord

  /// Forgets what lay there in the trash.
  func removeFromTrash(_ path: String) throws(GalleryError)
}
