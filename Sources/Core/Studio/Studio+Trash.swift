import Gallery
import Posix
import Seedream

extension Studio {
  /// Moves a picture with its records into the trash; it is on the disk there when this returns. What was
  /// made from it, and what refers to it, does not change.
  ///
  /// - Parameter id: Of the picture, or the beginning of it as long as it fits one only.
  /// - Throws: `gallery` with a sentence.
  package func trash(_ id: String) async throws(StudioError) -> TrashItem {
    let archive = bench.archive
    let trashed = try await gallery { () throws(GalleryError) in try await archive.trash(id) }
    hub.note("picture \(trashed.picture.id) trashed")
    await tell(of: trashed.picture.id)
    return TrashItem(trashed, in: archive.layout)
  }

  /// Moves a picture out of the trash to where it was.
  ///
  /// - Parameter id: Of the picture, or the beginning of it as long as it fits one only.
  /// - Throws: `gallery` with a sentence.
  package func restore(_ id: String) async throws(StudioError) -> SavedPicture {
    let archive = bench.archive
    let record = try await gallery { () throws(GalleryError) in try await archive.restore(id) }
    hub.note("picture \(record.id) restored")
    await tell(of: record.id)
    return await archive.saved(record)
  }

  /// What is in the trash, what came last first.
  package func trash() async throws(StudioError) -> [TrashItem] {
    let archive = bench.archive
    return try await gallery { () throws(GalleryError) in try await archive.trashed() }
      .map { TrashItem($0, in: archive.layout) }
  }

  /// Removes pictures in the trash for good. All of them are looked up first: one name that is wrong
  /// erases nothing.
  ///
  /// - Parameter names: Whole ids, each of a picture in the trash; there is no word for all.
  /// - Throws: `gallery` with a sentence that names the picture where it ended.
  package func erase(_ names: [String]) async throws(StudioError) {
    let archive = bench.archive
    guard !names.isEmpty else {
      throw StudioError(.notPossible, "Nothing is erased without its name.")
    }
    let there = Set(try await trash().map(\.id))
    var ids: [PictureID] = []
    for name in names {
      guard let id = PictureID(name), there.contains(id.description) else {
        throw StudioError(
          .gallery,
          "No picture in the trash has the id '\(printable(name.prefix(40)))'; nothing was erased.")
      }
      if !ids.contains(id) { ids.append(id) }
    }
    for id in ids {
      try await gallery { () throws(GalleryError) in try await archive.erase(id) }
      hub.note("picture \(id) erased")
    }
  }

  /// Tells everybody that a picture came or went by a person's hand, and where the job that made it has it
  /// now.
  private func tell(of id: PictureID) async {
    let now = await bench.archive.made(id)
    let job = id.job.description
    if let now, table[job] != nil {
      // Told to nobody: the job is as it was.
      _ = table.change(job) { $0.status.set(.init(index: id.number - 1, outcome: .saved(now))) }
    }
    hub.tellOfGallery()
  }
}
