import Gallery
package import Jobs
import Posix
import Seedream

extension Studio {
  /// Moves a picture with its records into the trash, and with the layers that it stands for; they are on the
  /// disk there when this returns. What was made from it, and what refers to it, does not change.
  ///
  /// - Parameter id: Of the picture, or the beginning of it as long as it fits one only.
  /// - Throws: `gallery` with a sentence.
  package func trash(_ id: String) async throws(StudioError) -> TrashItem {
    let galleryActor = dependencies.galleryActor
    let trashed = try await gallery { () throws(GalleryError) in try await galleryActor.trash(id) }
    await tell(of: trashed.map(\.picture.id), "trashed")
    return TrashItem(trashed[0], with: trashed)
  }

  /// Moves a picture out of the trash to where it was, with the layers that went there with it; the named one
  /// is the first.
  ///
  /// - Parameter id: Of the picture, or the beginning of it as long as it fits one only.
  /// - Throws: `gallery` with a sentence.
  package func restore(_ id: String) async throws(StudioError) -> [SavedPicture] {
    let galleryActor = dependencies.galleryActor
    let records = try await gallery { () throws(GalleryError) in try await galleryActor.restore(id)
    }
    await tell(of: records.map(\.id), "restored")
    var saved: [SavedPicture] = []
    for record in records { saved.append(await galleryActor.saved(record)) }
    return saved
  }

  /// What is in the trash, what came last first.
  package func trash() async throws(StudioError) -> [TrashItem] {
    let galleryActor = dependencies.galleryActor
    let trashed = try await gallery { () throws(GalleryError) in try await galleryActor.trashed() }
    return TrashItem.all(trashed)
  }

  /// Removes pictures in the trash for good, each with the layers that went there with it. All of them are
  /// looked up first: one name that is wrong erases nothing.
  ///
  /// - Parameter names: Whole ids, each of a picture in the trash; there is no word for all.
  /// - Throws: `gallery` with a sentence that names the picture where it ended.
  package func erase(_ names: [String]) async throws(StudioError) {
    let galleryActor = dependencies.galleryActor
    guard !names.isEmpty else {
      throw StudioError(.notPossible, "Nothing is erased without its name.")
    }
    let there = try await trash()
    var ids: [PictureID] = []
    for name in names {
      guard let id = PictureID(name), let item = there.first(where: { $0.id == id.description })
      else {
        throw StudioError(
          .gallery,
          "No picture in the trash has the id '\(printable(name.prefix(40)))'; nothing was erased.")
      }
      // The one that stands for all is the last: whoever is interrupted goes on with it.
      let layers = (item.layers ?? []).reversed().compactMap { PictureID($0) }
      for id in layers + [id] where !ids.contains(id) { ids.append(id) }
    }
    for id in ids {
      try await gallery { () throws(GalleryError) in try await galleryActor.erase(id) }
      hub.note("picture \(id) erased")
    }
  }

  /// Tells everybody that pictures came or went by a user's hand, and where the job that made them has them
  /// now.
  private func tell(of ids: [PictureID], _ what: String) async {
    for id in ids {
      hub.note("picture \(id) \(what)")
      let now = await dependencies.galleryActor.made(id)
      let job = id.job.description
      guard let now, table[job] != nil else { continue }
      // Told to nobody: the job is as it was.
      _ = table.change(job) { $0.status.set(.init(index: id.number - 1, outcome: .saved(now))) }
    }
    hub.tellOfGallery()
  }
}
