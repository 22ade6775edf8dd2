internal import Posix
internal import Seedream

/// Brings the files of the trash to order: every picture in one place, what belongs to it beside it.
///
/// `PictureFiles.move` keeps the picture's own rename the step that decides: whatever else is elsewhere
/// follows it. Touches no index.
struct TrashRepair {
  private let layout: GalleryLayout
  private let blobs: any BlobStore
  /// Paths that the index has, relative to the root: looked at only if something is missing beside them.
  private let known: Set<String>
  private let origin: (PictureID) -> PictureOrigin?
  /// Pictures that the index does not have.
  private(set) var found: [TrashedPicture] = []
  /// Relative paths of all pictures in the trash.
  private(set) var present: Set<String> = []
  /// Relative paths of pictures whose files were brought together.
  private(set) var mended: [String] = []
  /// What could not be, with the reason.
  private(set) var faults: [String: String] = [:]

  init(
    _ layout: GalleryLayout, _ blobs: any BlobStore, known: Set<String>,
    origin: @escaping (PictureID) -> PictureOrigin?
  ) {
    self.layout = layout
    self.blobs = blobs
    self.known = known
    self.origin = origin
  }

  mutating func run() {
    for day in names(in: layout.trash) where GalleryLayout.isDay(day) {
      do throws(PosixError) {
        try layout.checkInside(layout.path(relative: day))
      } catch {
        // What belongs together must not be brought together from elsewhere.
        faults[day] = GalleryError(reading: error).message
        continue
      }
      let names = Set(names(in: layout.trash + "/" + day))
      for name in names.sorted() where GalleryLayout.format(ofFile: name) != nil {
        let hasRecord = names.contains(GalleryLayout.record(ofPicture: name))
        guard let path = GalleryLayout.trashed("\(day)/\(name)") else { continue }
        if hasRecord, known.contains(path) {
          present.insert(path)
        } else {
          take(path, home: "\(day)/\(name)")
        }
      }
    }
  }

  /// The picture that lay at this path of the trash and is in the gallery again, which the index may not
  /// know; nil where there is none.
  func restored(from path: String) -> PictureRecord? {
    guard let home = GalleryLayout.untrashed(path) else { return nil }
    let directory = FileSystem.parent(of: layout.path(relative: home))
    let wanted = GalleryLayout.picture(ofFile: FileSystem.name(of: home))
    for name in names(in: directory) where GalleryLayout.format(ofFile: name) != nil {
      let isCandidate =
        name == FileSystem.name(of: home)
        || wanted != nil && GalleryLayout.picture(ofFile: name) == wanted
      guard isCandidate, let record = try? BirthRecord(ofPicture: directory + "/" + name) else {
        continue
      }
      return PictureRecord(record, path: layout.relative(directory + "/" + name))
    }
    return nil
  }

  // MARK: One picture

  private mutating func take(_ path: String, home: String) {
    let trashed = PictureFiles(path: layout.path(relative: path))
    let home = PictureFiles(path: layout.path(relative: home))
    do throws(PosixError) {
      switch try Half(of: trashed.path, and: home.path) {
      case .first:
        try FileSystem.remove(trashed.path)
        try gather(from: trashed, to: home)
        mended.append(layout.relative(home.path))
        return
      case .second: try FileSystem.remove(home.path)
      case .neither: break
      }
      if !FileSystem.exists(home.path) { try gather(from: home, to: trashed) }
      if !FileSystem.exists(GalleryLayout.record(ofPicture: trashed.path)) {
        if let other = strayRecord(of: trashed, in: home.directory) {
          try gather(from: other, to: trashed)
        }
      }
    } catch {
      faults[path] = GalleryError(reading: error).message
    }
    present.insert(path)
    do throws(GalleryError) {
      let record = try record(of: trashed)
      let changed = (try? FileInformation(of: trashed.path).changed) ?? SystemClock.secondsSince1970
      found.append(
        TrashedPicture(PictureRecord(record, path: path), trashed: Timestamp(local: changed)))
    } catch {
      faults[path] = error.message
    }
  }

  /// Which of two paths holds what a rename has left that was not done in one step: the same file under
  /// its other name, or an empty one.
  private enum Half {
    case first, second, neither

    init(of path: String, and other: String) throws(PosixError) {
      guard FileSystem.exists(other) else {
        self = .neither
        return
      }
      let (one, two) = (try FileInformation(of: path), try FileInformation(of: other))
      if one.identity == two.identity || one.size == 0 && two.size > 0 {
        self = .first
      } else {
        self = two.size == 0 && one.size > 0 ? .second : .neither
      }
    }
  }

  /// Moves everything beside one picture to the other.
  private mutating func gather(
    from source: PictureFiles, to target: PictureFiles
  ) throws(PosixError) {
    for ending in try source.endings() {
      let (path, newPath) = (source.path + ending, target.path + ending)
      switch try Half(of: path, and: newPath) {
      case .first: try FileSystem.remove(path)
      case .second:
        try FileSystem.remove(newPath)
        try PictureFiles.rename(path, to: newPath)
      case .neither:
        if FileSystem.exists(newPath) { continue }
        try PictureFiles.rename(path, to: newPath)
      }
      mended.append(layout.relative(newPath))
    }
  }

  /// The files of a picture that had another name in the gallery, or was to get one: a record of the same
  /// id without its picture.
  private func strayRecord(of picture: PictureFiles, in directory: String) -> PictureFiles? {
    guard let id = GalleryLayout.picture(ofFile: picture.name) else { return nil }
    return names(in: directory).lazy.filter { $0.hasSuffix(".json") }
      .map { PictureFiles(path: directory + "/" + $0.dropLast(5)) }
      .first { files in
        GalleryLayout.picture(ofFile: files.name) == id && !FileSystem.exists(files.path)
          && (try? BirthRecord(ofPicture: files.path))?.origin.id == id
      }
  }

  private mutating func record(of picture: PictureFiles) throws(GalleryError) -> BirthRecord {
    if FileSystem.exists(GalleryLayout.record(ofPicture: picture.path)) {
      return try BirthRecord(ofPicture: picture.path)
    }
    let record = BirthRecord(
      origin: try PictureOrigin(
        recovering: picture.path, named: GalleryLayout.picture(ofFile: picture.name), known: origin,
        otherwise: { PictureID(job: JobID.unused { _ in false }, number: 1) }),
      file: try FileFacts(reading: picture.path))
    try record.write(to: blobs, besidePicture: layout.relative(picture.path))
    mended.append(layout.relative(GalleryLayout.record(ofPicture: picture.path)))
    return record
  }

  private func names(in directory: String) -> [String] {
    guard FileSystem.exists(directory), (try? layout.checkInside(directory)) != nil else {
      return []
    }
    return (try? DirectoryListing(of: directory))?.entries.map(\.name) ?? []
  }
}
