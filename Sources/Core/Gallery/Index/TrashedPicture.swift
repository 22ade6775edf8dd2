/// A picture in the trash: its row, whose path lies there, and when it was put there.
package struct TrashedPicture: Equatable, Sendable {
  package var picture: PictureRecord
  package var trashed: Timestamp

  package init(_ picture: PictureRecord, trashed: Timestamp) {
    self.picture = picture
    self.trashed = trashed
  }

  /// What comes back with it, and is erased with it: the layers that went with it where it stands for them, from
  /// the bottom up, itself the first; else itself alone.
  ///
  /// - Parameter trashed: Everything in the trash.
  package func set(among trashed: [TrashedPicture]) -> [TrashedPicture] {
    guard picture.layer != nil else { return [self] }
    let set = trashed.filter {
      $0.picture.layer != nil && $0.picture.id.job == picture.id.job
        && $0.trashed.milliseconds == self.trashed.milliseconds
    }.sorted {
      ($0.picture.layer ?? 0, $0.picture.id.number) < ($1.picture.layer ?? 0, $1.picture.id.number)
    }
    return set.first?.picture.id == picture.id ? set : [self]
  }
}
