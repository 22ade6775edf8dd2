internal import Posix
internal import SQLite

/// What a gallery could not do, in one sentence for a user.
package struct GalleryError: Error, Equatable, Sendable {
  package enum Code: Equatable, Sendable {
    /// The file system refuses: a read-only directory, missing rights, a vanished mount.
    case cannotWrite
    /// The disk or the quota is full; the same call may succeed later.
    case noSpace
    case cannotRead
    /// Another process writes this gallery.
    case inUse
    /// The bytes are no picture: there are none, or they are a text. Of a reference: of no known format.
    case notAPicture
    /// A reference whose end is missing.
    case truncated
    /// More bytes or pixels than were allowed.
    case tooLarge
    /// A file of that name is there already and was left as it is.
    case alreadyThere
    case notFound
    /// An abbreviated id that fits all of these.
    case ambiguous([PictureID])
    /// The index belongs to a newer version of the program.
    case newerIndex
    /// The index cannot be read or written; `reindex` makes it anew.
    case index
    /// A record or a journal line that cannot be understood.
    case malformed
  }

  package var code: Code
  /// What happened, to which thing, and what to do about it.
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension GalleryError {
  /// Whether the disk is the cause rather than what was to be written: the same may work later.
  package var isOfTheDisk: Bool { code == .noSpace || code == .cannotWrite }
}

extension GalleryError: CustomStringConvertible {
  package var description: String { message }
}

extension GalleryError {
  /// A failed write below the gallery.
  init(writing error: PosixError) {
    switch error.code {
    case PosixError.noSpace:
      self.init(.noSpace, "The gallery's disk is full: \(error). Make room and try again.")
    case PosixError.quotaExceeded:
      self.init(
        .noSpace,
        "The quota on the gallery's disk is used up: \(error). Remove files and try again.")
    case PosixError.readOnly:
      self.init(
        .cannotWrite,
        "The gallery's disk is read-only: \(error). Mount it for writing, and look in the system's log for why it was not."
      )
    case PosixError.inputOutput:
      self.init(
        .cannotWrite,
        "The gallery's disk fails: \(error). Look in the system's log, and check the disk and its cable."
      )
    case PosixError.tooLarge:
      self.init(
        .noSpace,
        "No file may become so long here: \(error). Raise 'ulimit -f' where the service is started, or choose "
          + "another disk.")
    case PosixError.alreadyExists:
      self.init(.alreadyThere, "Nothing was overwritten: \(error).")
    default:
      self.init(
        .cannotWrite,
        "The gallery cannot be written: \(error). Check the directory or choose another with --gallery."
      )
    }
  }

  init(reading error: PosixError) { self.init(.cannotRead, "\(error)".capitalizedSentence) }

  init(_ error: SQLiteError, index path: String) {
    switch error.code {
    case .full:
      self.init(.noSpace, "The gallery's disk is full: cannot write \(printable(path)).")
    case .readOnly, .cannotOpen:
      self.init(.cannotWrite, "The index \(printable(path)) cannot be written: \(error.message).")
    // On a full disk too, which has no room for what SQLite keeps beside the index.
    case .inputOutput where !error.isUnreadable:
      self.init(.cannotWrite, "The index \(printable(path)) cannot be written: \(error.message).")
    default:
      self.init(
        .index,
        "The index \(printable(path)) is unusable: \(error.message). Run 'darkroom reindex'.")
    }
  }
}

extension String {
  /// The text as a sentence of its own.
  var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
