internal import Posix

/// A picture on its way: the bytes received so far, in a temporary file of the day it will lie in.
///
/// Removed with its bytes when it is given up before `GalleryWriter.finish` was tried; what `finish`
/// cannot file is kept. After a crash the file stays at `temporaryPath`; `GalleryWriter.adopt` takes it
/// up again.
package struct StagedPicture: ~Copyable, Sendable {
  /// Nil where the reply says only later which picture of the set this is.
  package let id: PictureID?
  package let created: Timestamp
  let layout: GalleryLayout
  let directory: String
  /// Whether the file was there before: the journal may name it, so it is not put aside.
  private let isTakenUp: Bool
  var file: PendingFile
  /// Whether the bytes are in the spool directory, on another file system than the gallery.
  package private(set) var isAway = false
  /// What `prepare` has made.
  var prepared: PreparedCopy?
  /// The record of the picture once it has its name; from then on `finish` lacks only record and row.
  var filed: BirthRecord?

  /// Opens a draft from any thread, for bytes whose place in the set is not known yet.
  ///
  /// Throws `noSpace` or `cannotWrite`.
  package init(
    _ layout: GalleryLayout, id: PictureID? = nil, created: Timestamp
  ) throws(GalleryError) {
    let directory = try Self.makeDirectory(layout, created)
    do {
      file = try PendingFile(in: directory)
    } catch {
      throw GalleryError(writing: error)
    }
    isTakenUp = false
    self.id = id
    self.created = created
    self.layout = layout
    self.directory = directory
  }

  /// Opens a draft outside the gallery, while that cannot be written; it stays behind.
  package init(_ layout: GalleryLayout, in spoolDirectory: SpoolDirectory, created: Timestamp)
    throws(GalleryError)
  {
    do {
      file = try spoolDirectory.makePictureFile()
    } catch {
      throw GalleryError(writing: error)
    }
    file.staysBehind = true
    isAway = true
    isTakenUp = false
    id = nil
    self.created = created
    self.layout = layout
    directory = layout.dayDirectory(created)
  }

  /// Takes up a file of the gallery or the spool directory; it stays where it is until it is published.
  init(
    resuming path: String, _ layout: GalleryLayout, id: PictureID, created: Timestamp
  ) throws(GalleryError) {
    let directory = try Self.makeDirectory(layout, created)
    do {
      file = try PendingFile(resuming: path, in: directory)
    } catch {
      if error.code == PosixError.doesNotExist {
        throw GalleryError(.notFound, "The bytes of picture \(id) are gone: \(error).")
      }
      throw GalleryError(reading: error)
    }
    isTakenUp = true
    self.id = id
    self.created = created
    self.layout = layout
    self.directory = directory
    isAway = layout.location(path) == path
  }

  /// Where the bytes are now.
  package var temporaryPath: String { file.temporaryPath }

  /// Bytes received so far.
  package var byteCount: Int { file.byteCount }

  /// Adds bytes as they arrive. Throws `tooLarge` for those beyond `GalleryWriter.maximumPictureBytes`,
  /// `noSpace` or `cannotWrite`.
  ///
  /// Nothing is removed when it throws, but when the draft ends: `keep` is for bytes that cannot be
  /// asked for again.
  package mutating func write(_ bytes: [UInt8]) throws(GalleryError) {
    guard bytes.count <= GalleryWriter.maximumPictureBytes - file.byteCount else {
      throw GalleryError(
        .tooLarge,
        "The picture is larger than \(GalleryWriter.maximumPictureBytes >> 20) MB; the rest was not taken."
      )
    }
    do {
      try file.write(bytes)
    } catch {
      throw GalleryError(writing: error)
    }
  }

  /// Copies the bytes out of a gallery that cannot be written any more; they are on the disk there when
  /// this returns. Nothing has changed when it throws.
  package mutating func move(to spoolDirectory: SpoolDirectory) throws(GalleryError) {
    guard !isAway, filed == nil else { return }
    do throws(PosixError) {
      var copy = try spoolDirectory.makePictureFile()
      try file.forEachPiece { piece throws(PosixError) in try copy.write(piece) }
      try copy.keep()
      file.staysBehind = false
      file = copy
      isAway = true
    } catch {
      throw GalleryError(writing: error)
    }
  }

  /// The bytes received so far.
  package func bytes() throws(GalleryError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(PosixError) {
      try file.forEachPiece { piece throws(PosixError) in bytes += piece }
    } catch {
      throw GalleryError(reading: error)
    }
    return bytes
  }

  /// Whether they are a picture in a known format whose end is missing; false where that cannot be read.
  package var lacksEnd: Bool {
    guard let picture = try? PictureReader(path: temporaryPath) else { return false }
    return PictureCheck.lacksEnd(picture)
  }

  /// Waits until the bytes are on the disk, for the line of the journal that names them.
  package mutating func synchronize() throws(GalleryError) {
    do {
      try file.keep()
    } catch {
      throw GalleryError(writing: error)
    }
  }

  /// Keeps the bytes for good, whole or not, and says where they are, relative to the gallery's root:
  /// for the journal, and for `GalleryWriter.adopt`.
  ///
  /// They are put aside into `.darkroom/incoming`, on the disk, or stay where they are if that cannot be
  /// written, or if they were taken up from a file. Those in the spool directory stay there, and have an absolute
  /// path. A picture that has its name already keeps it. From any thread; the draft can still be finished.
  package mutating func keep() -> String {
    file.staysBehind = true
    if let filed { return layout.relative(directory + "/" + filed.file.name) }
    let aside = layout.incomingDirectory
    if !isAway, !isTakenUp, FileSystem.parent(of: file.temporaryPath) != aside {
      do throws(PosixError) {
        try layout.makePrivateDirectory(aside)
        try file.move(to: "\(aside)/\(keptName)")
      } catch {
        // On a full or read-only disk the bytes are safest where they are.
      }
    }
    return layout.location(file.temporaryPath)
  }

  /// Makes the directory of the picture's day, where it is still missing.
  func makeDirectory() throws(GalleryError) {
    _ = try Self.makeDirectory(layout, created)
  }

  private var keptName: String {
    let picture = id.map { "-\($0)" } ?? ""
    return "\(created.day)-\(created.timeOfDay)\(picture)-\(Randomness.hexadecimal(byteCount: 4))"
  }

  private static func makeDirectory(
    _ layout: GalleryLayout, _ created: Timestamp
  ) throws(GalleryError) -> String {
    let directory = layout.dayDirectory(created)
    try layout.checkPresence()
    do {
      try layout.checkInside(directory)
      try FileSystem.createDirectory(directory)
    } catch {
      throw GalleryError(writing: error)
    }
    return directory
  }
}
