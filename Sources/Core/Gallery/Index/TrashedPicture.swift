/// A picture in the trash: its row, whose path lies there, and when it was put there.
package struct TrashedPicture: Equatable, Sendable {
  package var picture: PictureRecord
  package var trashed: Timestamp

  package init(_ picture: PictureRecord, trashed: Timestamp) {
    self.picture = picture
    self.trashed = trashed
  }
}
