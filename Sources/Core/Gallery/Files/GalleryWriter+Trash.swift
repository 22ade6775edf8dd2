internal import Posix
internal import Seedream

// A picture in the trash lies in `.darkroom/trash/` as it lay in the gallery, with all that belongs to it.
// The files are the truth: after a crash between any two steps `TrashMend` brings record and row to where
// the picture is.
extension GalleryWriter {
  /// Moves a picture and what belongs to it into the trash.
  ///
  /// Throws `notFound` for an id that the gallery does not have, or what writing throws: then the picture
  /// is in one of the two places, whole.
  ///
  /// - Parameter time: What goes together has one.
  package func trash(
    _ id: PictureID, at time: Timestamp = .now()
  ) throws(GalleryError) -> TrashedPicture {
    guard let record = try openIndex().picture(id), let place = GalleryLayout.trashed(record.path)
    else {
      throw GalleryError(.notFound, "No picture of this gallery has the id '\(id)'.")
    }
    let files = PictureFiles(path: layout.path(relative: record.path))
    let directory = FileSystem.parent(of: layout.path(relative: place))
    var row = record
    row.path = layout.relative(try move(files, to: directory, .pictureFirst, mode: 0o700).path)
    let trashed = TrashedPicture(row, trashed: time)
    try openIndex().moveToTrash(trashed, from: record.path)
    return trashed
  }

  /// Moves a picture out of the trash to where it was, or beside a file that has its name by now.
  ///
  /// Throws `notFound`, `alreadyThere` where the gallery has a picture of this id, or what writing throws.
  package func restore(_ id: PictureID) throws(GalleryError) -> PictureRecord {
    let (trashed, files) = try trashedFiles(id)
    if let other = try openIndex().picture(id) {
      throw GalleryError(
        .alreadyThere,
        "The gallery has a picture \(id) already: \(printable(other.path)). Nothing was changed.")
    }
    guard let place = GalleryLayout.untrashed(trashed.picture.path) else {
      throw Self.isNowhere(id)
    }
    var record = trashed.picture
    let directory = FileSystem.parent(of: layout.path(relative: place))
    record.path = layout.relative(try move(files, to: directory, .pictureLast, mode: 0o777).path)
    return try openIndex().restore(record, from: trashed.picture.path)
  }

  /// Removes a picture in the trash for good, with all that belongs to it.
  ///
  /// Throws `notFound`, or what writing throws.
  package func erase(_ id: PictureID) throws(GalleryError) {
    let (trashed, files) = try trashedFiles(id)
    do throws(PosixError) {
      try layout.checkInside(files.directory)
      // The picture last: what a crash leaves is a picture, and can be erased once more.
      for ending in try files.endings() + [""] { try FileSystem.remove(files.path + ending) }
      try FileSystem.synchronizeDirectory(files.directory)
    } catch {
      throw GalleryError(writing: error)
    }
    try openIndex().removeFromTrash(trashed.picture.path)
  }

  private func trashedFiles(
    _ id: PictureID
  ) throws(GalleryError) -> (TrashedPicture, PictureFiles) {
    guard let trashed = try openIndex().trashed(id),
      GalleryLayout.untrashed(trashed.picture.path) != nil
    else { throw Self.isNowhere(id) }
    return (trashed, PictureFiles(path: layout.path(relative: trashed.picture.path)))
  }

  private static func isNowhere(_ id: PictureID) -> GalleryError {
    GalleryError(
      .notFound, "No picture in the trash has the id '\(id)'; 'darkroom trash' lists them.")
  }

  private func move(
    _ files: PictureFiles, to directory: String, _ order: PictureFiles.Order, mode: UInt32
  ) throws(GalleryError) -> PictureFiles {
    try layout.checkPresence()
    do throws(PosixError) {
      try layout.checkInside(files.directory)
      try layout.checkInside(directory)
      try FileSystem.createDirectory(directory, mode: mode)
      return try files.move(to: directory, order)
    } catch {
      mendTrash()
      throw GalleryError(writing: error)
    }
  }

  /// Finishes, or takes back, what a crash has interrupted. What cannot be mended now is left for the next
  /// start, and for `reindex`, which reports it.
  func mendTrash() {
    guard let known = try? openIndex().trashPaths() else { return }
    var mend = TrashMend(layout, blobs, known: known, birth: { _ in nil })
    mend.run()
    for trashed in mend.found {
      let home = GalleryLayout.untrashed(trashed.picture.path) ?? ""
      try? openIndex().moveToTrash(trashed, from: home)
    }
    for path in known.subtracting(mend.present) {
      if let record = mend.restored(from: path) {
        _ = try? openIndex().restore(record, from: path)
      } else {
        try? openIndex().removeFromTrash(path)
      }
    }
  }
}
