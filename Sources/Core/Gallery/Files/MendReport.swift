/// What `reindex` found. Paths are relative to the gallery's root.
package struct MendReport: Equatable, Sendable {
  /// Pictures in the index now.
  package internal(set) var pictures = 0
  /// Pictures in the trash now.
  package internal(set) var trashed = 0
  /// What was brought back to its picture, in the trash or out of it, after a crash.
  package internal(set) var trashMended: [String] = []
  /// Pictures that had no record and got one.
  package internal(set) var recordsWritten: [String] = []
  /// Records whose picture is gone.
  package internal(set) var picturesMissing: [String] = []
  /// Records that cannot be understood, with the reason; they were left as they are.
  package internal(set) var recordsBroken: [String: String] = [:]
  /// Pictures whose size is not the one of their record: changed by another program.
  package internal(set) var picturesChanged: [String] = []
  /// Pictures whose id another picture has; they are not in the index.
  package internal(set) var idsTaken: [String] = []
  /// Bytes of pictures that were never filed: kept aside, or in the temporary file of a writer that
  /// died. The journal knows which of them matter.
  package internal(set) var leftovers: [String] = []
  /// What the file system does not give out, with the reason: pictures, days and the journal; also
  /// pictures whose record it does not take, which are in the index all the same.
  package internal(set) var inaccessible: [String: String] = [:]
  /// What has no name that this program can say.
  package internal(set) var unreadableNames = UnreadableNames()
}
