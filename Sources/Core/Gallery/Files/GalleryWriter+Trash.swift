internal import Posix
internal import Seedream

// A picture in the trash lies in `.darkroom/trash/` as it lay in the gallery, with all that belongs to it.
// The files are the truth: after a crash between any two steps `TrashRepair` brings record and row to where
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
    var row = record
    row.path = try move(record.path, to: place)
    let trashed = TrashedPicture(row, trashed: time)
    try openIndex().moveToTrash(trashed, from: record.path)
    return trashed
  }

  /// Moves a picture out of the trash to where it was, or beside a file that has its name by now.
  ///
  /// Throws `notFound`, `alreadyThere` where the gallery has a picture of this id, or what writing throws.
  package func restore(_ id: PictureID) throws(GalleryError) -> PictureRecord {
    let (trashed, place) = try trashed(id)
    if let other = try openIndex().picture(id) {
      throw GalleryError(
        .alreadyThere,
        "The gallery has a picture \(id) already: \(printable(other.path)). Nothing was changed.")
    }
    var record = trashed.picture
    record.path = try move(trashed.picture.path, to: place)
    return try openIndex().restore(record, from: trashed.picture.path)
  }

  /// Removes a picture in the trash for good, with all that belongs to it.
  ///
  /// Throws `notFound`, or what writing throws.
  package func erase(_ id: PictureID) throws(GalleryError) {
    let (trashed, _) = try trashed(id)
    try blobs.erase(picture: trashed.picture.path)
    try openIndex().removeFromTrash(trashed.picture.path)
  }

  /// - Returns: A picture in the trash, and where it was before.
  private func trashed(
    _ id: PictureID
  ) throws(GalleryError) -> (picture: TrashedPicture, home: String) {
    guard let trashed = try openIndex().trashed(id),
      let home = GalleryLayout.untrashed(trashed.picture.path)
    else {
      throw GalleryError(
        .notFound, "No picture in the trash has the id '\(id)'; 'darkroom trash' lists them.")
    }
    return (trashed, home)
  }

  private func move(_ name: String, to newName: String) throws(GalleryError) -> String {
    try layout.checkPresence()
    do {
      return try blobs.move(picture: name, to: newName)
    } catch {
      mendTrash()
      throw error
    }
  }

  /// Finishes, or takes back, what a crash has interrupted. What cannot be mended now is left for the next
  /// start, and for `reindex`, which reports it.
  func mendTrash() {
    guard let known = try? openIndex().trashPaths() else { return }
    var mend = TrashRepair(layout, blobs, known: known, origin: { _ in nil })
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
