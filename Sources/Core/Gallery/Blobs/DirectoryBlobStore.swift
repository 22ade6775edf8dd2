internal import Posix

/// The files of a gallery in a directory: pictures with their records where a user sees them, references out of
/// the way, thumbnails in a directory of their own.
struct DirectoryBlobStore: BlobStore {
  let layout: GalleryLayout
  /// Nil where no thumbnails are kept.
  let thumbnails: ThumbnailCache?

  func open(_ blob: BlobID) throws(GalleryError) -> any BlobReader {
    let path = path(of: blob)
    do throws(PosixError) {
      if case .thumbnail(let name) = blob {
        guard let file = try thumbnails?.open(name) else {
          throw PosixError("read", code: PosixError.doesNotExist)
        }
        return try FileReader(file, path: nil)
      }
      guard let path else { throw PosixError("read", code: PosixError.doesNotExist) }
      try layout.checkInside(path)
      return try FileReader(FileDescriptor.ofFile(path), path: path)
    } catch {
      if error.code == PosixError.doesNotExist {
        throw GalleryError(.notFound, "There is no \(Self.kind(of: blob)) \(shown(blob)).")
      }
      throw GalleryError(reading: error)
    }
  }

  func stage(_ blob: BlobID) throws(GalleryError) -> PendingFile {
    guard let path = path(of: blob) else { throw Self.unnamed(blob) }
    let directory = FileSystem.parent(of: path)
    do throws(PosixError) {
      switch blob {
      case .picture, .record:
        try layout.checkInside(directory)
        return try PendingFile(in: directory)
      case .reference:
        try layout.makePrivateDirectory(directory)
        return try PendingFile(in: directory, mode: 0o600)
      case .thumbnail:
        guard let file = try thumbnails?.stage() else {
          throw PosixError("write", path: path, code: PosixError.permissionDenied)
        }
        return file
      }
    } catch {
      throw GalleryError(writing: PosixError("write", path: path, code: error.code))
    }
  }

  func publish(
    _ file: inout PendingFile, as blob: BlobID, replacing: Bool
  ) throws(GalleryError) {
    guard let path = path(of: blob) else { throw Self.unnamed(blob) }
    do throws(PosixError) {
      if case .thumbnail(let name) = blob, let thumbnails {
        if !replacing, FileSystem.exists(path) {
          throw PosixError("write", path: path, code: PosixError.alreadyExists)
        }
        return try thumbnails.publish(&file, as: name)
      }
      guard file.directory == FileSystem.parent(of: path) else {
        throw PosixError("write", path: path, code: PosixError.invalid)
      }
      try file.commit(as: FileSystem.name(of: path), replacing: replacing)
    } catch {
      throw GalleryError(writing: PosixError("write", path: path, code: error.code))
    }
  }

  func remove(_ blob: BlobID) throws(GalleryError) {
    guard let path = path(of: blob) else { return }
    do throws(PosixError) {
      guard FileSystem.exists(path) else { return }
      if case .thumbnail = blob {} else { try layout.checkInside(FileSystem.parent(of: path)) }
      try FileSystem.remove(path)
      if case .thumbnail = blob { return }
      try FileSystem.synchronizeDirectory(FileSystem.parent(of: path))
    } catch {
      throw GalleryError(writing: error)
    }
  }

  func localPath(of blob: BlobID) -> String? {
    guard let path = path(of: blob) else { return nil }
    if case .thumbnail = blob { return path }
    return (try? layout.checkInside(path)) != nil ? path : nil
  }

  private func path(of blob: BlobID) -> String? {
    guard blob.isSound else { return nil }
    return switch blob {
    case .picture(let name): layout.path(relative: name)
    case .record(let name): GalleryLayout.record(ofPicture: layout.path(relative: name))
    case .reference(let hash): layout.reference(sha256: hash)
    case .thumbnail(let name): thumbnails?.path(of: name)
    }
  }

  private static func kind(of blob: BlobID) -> String {
    switch blob {
    case .picture: "picture"
    case .record: "record"
    case .reference: "reference"
    case .thumbnail: "thumbnail"
    }
  }

  static func unnamed(_ blob: BlobID) -> GalleryError {
    GalleryError(.notFound, "A \(kind(of: blob)) cannot have such a name.")
  }
}

/// A file as a blob.
private final class FileReader: BlobReader {
  let byteCount: Int
  private let file: FileDescriptor
  private let path: String?

  init(_ file: consuming FileDescriptor, path: String?) throws(PosixError) {
    byteCount = try FileInformation(of: file, path: path).size
    self.file = file
    self.path = path
  }

  func next(_ limit: Int) throws(GalleryError) -> [UInt8] {
    do {
      return try file.read(upTo: min(limit, 1 << 20), path: path)
    } catch {
      throw GalleryError(reading: error)
    }
  }
}
