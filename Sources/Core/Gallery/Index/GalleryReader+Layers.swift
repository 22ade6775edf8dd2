internal import SQLite

// A picture that was split and its layers are one thing: one row of a list, which stands for all of it.
extension GalleryReader {
  static let layers = """
    SELECT \(columns) FROM picture WHERE job = ? AND layer IS NOT NULL ORDER BY layer, key
    """

  /// The set of layers of a job from the bottom up, the base first; empty where nothing was split.
  package func layers(of job: JobID) throws(GalleryError) -> [PictureRecord] {
    try read(
      Self.layers, [.text(job.text)], since: Self.schemaWithLayers, Self.record)
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
    Self.set(of: picture, among: try trashedPictures())
  }

  /// - Parameter trashed: Everything in the trash.
  package static func set(
    of picture: TrashedPicture, among trashed: [TrashedPicture]
  ) -> [TrashedPicture] {
    guard picture.picture.layer != nil else { return [picture] }
    let set = trashed.filter {
      $0.picture.layer != nil && $0.picture.id.job == picture.picture.id.job
        && $0.trashed.milliseconds == picture.trashed.milliseconds
    }.sorted {
      ($0.picture.layer ?? 0, $0.picture.id.number) < ($1.picture.layer ?? 0, $1.picture.id.number)
    }
    return set.first?.picture.id == picture.picture.id ? set : [picture]
  }
}
