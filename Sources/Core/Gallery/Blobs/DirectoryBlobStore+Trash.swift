internal import Posix

// What belongs to a picture lies beside it, and goes where it goes.
extension DirectoryBlobStore {
  func move(picture name: String, to newName: String) throws(GalleryError) -> String {
    let files = try files(of: name)
    let wanted = try self.files(of: newName)
    let isTrashed = GalleryLayout.untrashed(newName) != nil
    do throws(PosixError) {
      try layout.checkInside(files.directory)
      try layout.checkInside(wanted.directory)
      try FileSystem.createDirectory(wanted.directory, mode: isTrashed ? 0o700 : 0o777)
      let moved = try files.move(to: wanted.path, isTrashed ? .pictureFirst : .pictureLast)
      return layout.relative(moved.path)
    } catch {
      throw GalleryError(writing: error)
    }
  }

  func erase(picture name: String) throws(GalleryError) {
    let files = try files(of: name)
    do throws(PosixError) {
      try layout.checkInside(files.directory)
      // The picture last: what a crash leaves is a picture, and can be erased once more.
      for ending in try files.endings() + [""] { try FileSystem.remove(files.path + ending) }
      if FileSystem.exists(files.directory) { try FileSystem.synchronizeDirectory(files.directory) }
    } catch {
      throw GalleryError(writing: error)
    }
  }

  private func files(of name: String) throws(GalleryError) -> PictureFiles {
    guard BlobID.picture(name).isSound else { throw Self.unnamed(.picture(name)) }
    return PictureFiles(path: layout.path(relative: name))
  }
}
