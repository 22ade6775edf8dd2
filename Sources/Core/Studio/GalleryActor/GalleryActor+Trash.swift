import Gallery
import Jobs
import Posix
import Seedream

extension GalleryActor {
  /// Moves a picture into the trash, with the layers that it stands for; the named one is the first.
  ///
  /// - Parameter text: Its id, or the beginning of it.
  func trash(_ text: String) throws(GalleryError) -> [TrashedPicture] {
    let time = Timestamp.now()
    var moved: [TrashedPicture] = []
    // The one that stands for all is the last: whoever is interrupted goes on with it.
    for picture in try reader.set(of: try reader.picture(text)).reversed() {
      moved.insert(try trash(picture, at: time), at: 0)
    }
    return moved
  }

  /// Written down before it is done: what the journal calls trashed is not missing, whatever happens next.
  private func trash(
    _ picture: PictureRecord, at time: Timestamp
  ) throws(GalleryError) -> TrashedPicture {
    try write(.trashed(picture.id), of: picture.id.job)
    do throws(GalleryError) {
      return try writer.trash(picture.id, at: time)
    } catch {
      if blobs.localPath(of: .picture(picture.path)).map(FileSystem.exists) == true {
        try? write(.restored(picture.id), of: picture.id.job)
      }
      throw error
    }
  }

  /// Moves a picture out of the trash, with what went there with it; the named one is the first.
  ///
  /// - Parameter text: The id of a picture in the trash, or the beginning of it.
  func restore(_ text: String) throws(GalleryError) -> [PictureRecord] {
    var moved: [PictureRecord] = []
    for trashed in try reader.trashedSet(of: try reader.trashedPicture(text)).reversed() {
      let record = try writer.restore(trashed.picture.id)
      // It is in its place, and whoever replays the journal looks there first.
      try? write(.restored(record.id), of: record.id.job)
      moved.insert(record, at: 0)
    }
    return moved
  }

  func erase(_ id: PictureID) throws(GalleryError) {
    try writer.erase(id)
    // The journal knows that it was trashed, which is enough for nobody to miss it; and on a full disk
    // erasing makes the room for the next line.
    try? write(.erased(id), of: id.job)
  }

  func trashed() throws(GalleryError) -> [TrashedPicture] { try reader.trashedPictures() }

  /// A picture that a job of an earlier service made, wherever it lies now.
  func made(_ id: PictureID) -> SavedPicture? {
    if let record = try? reader.picture(id.description) { return saved(record) }
    guard let trashed = try? reader.trashedPicture(id.description) else { return nil }
    var picture = saved(trashed.picture)
    picture.trashed = trashed.trashed.seconds
    return picture
  }
}
