internal import Posix
internal import Seedream

/// Reads the files of a gallery and makes records where they are missing; touches no index.
struct GalleryScan {
  private let layout: GalleryLayout
  private let blobs: any BlobStore
  private let origin: (PictureID) -> PictureOrigin?
  private(set) var records: [PictureRecord] = []
  private(set) var report = MendReport()
  private var orphans: [Orphan] = []
  private var ids: Set<PictureID> = []
  private var jobs: Set<JobID> = []

  private struct Orphan {
    var directory: String
    var name: String
    var format: FileFormat
  }

  /// - Parameter firstDay: Leaves the days before it out; nil reads all.
  init(
    _ layout: GalleryLayout, _ blobs: any BlobStore, since firstDay: String? = nil,
    origin: @escaping (PictureID) -> PictureOrigin?
  ) throws(GalleryError) {
    self.layout = layout
    self.blobs = blobs
    self.origin = origin
    let root: DirectoryListing
    do {
      root = try DirectoryListing(of: layout.root)
    } catch {
      throw GalleryError(reading: error)
    }
    report.unreadableNames.note(root, in: nil)
    for entry in root.entries where GalleryLayout.isDay(entry.name) {
      if entry.name >= firstDay ?? "" { scan(entry.name) }
    }
    if (try? layout.checkInside(layout.incomingDirectory)) != nil,
      let kept = try? DirectoryListing(of: layout.incomingDirectory)
    {
      report.leftovers += kept.entries.map {
        layout.relative(layout.incomingDirectory + "/" + $0.name)
      }
    }
    // After all records are read, so that a new id meets none of them.
    for orphan in orphans { adopt(orphan) }
    report.pictures = records.count
  }

  /// One part that cannot be read must not hide the others.
  private mutating func note(_ relative: String, _ error: GalleryError) {
    report.inaccessible[relative] = error.message
  }

  private mutating func scan(_ day: String) {
    do throws(PosixError) {
      let directory = layout.path(relative: day)
      guard try FileInformation(of: directory).kind == .directory else { return }
      try layout.checkInside(directory)
      let listing = try DirectoryListing(of: directory)
      report.unreadableNames.note(listing, in: day)
      scan(day, listing.entries.filter { isInside($0, day) }.map(\.name))
    } catch {
      note(day, GalleryError(reading: error))
    }
  }

  /// Whether a name is that of something in the gallery; a link that leads out of it is noted.
  private mutating func isInside(_ entry: DirectoryListing.Entry, _ day: String) -> Bool {
    let relative = "\(day)/\(entry.name)"
    let path = layout.path(relative: relative)
    do throws(PosixError) {
      // Not every file system tells what an entry is.
      if (entry.kind ?? .symbolicLink) == .symbolicLink { try layout.checkInside(path) }
      return true
    } catch {
      note(relative, GalleryError(reading: error))
      return false
    }
  }

  private mutating func scan(_ day: String, _ names: [String]) {
    let present = Set(names)
    for name in names {
      if PendingFile.isLeftover(name) {
        report.leftovers.append("\(day)/\(name)")
      } else if name.hasSuffix(".json") {
        let picture = String(name.dropLast(5))
        if GalleryLayout.format(ofFile: picture) != nil, !present.contains(picture) {
          report.picturesMissing.append("\(day)/\(name)")
        }
      } else if let format = GalleryLayout.format(ofFile: name) {
        let hasRecord = present.contains(GalleryLayout.record(ofPicture: name))
        guard hasRecord, take(day, name) else {
          orphans.append(Orphan(directory: day, name: name, format: format))
          continue
        }
      }
    }
  }

  /// True when the picture needs no record any more, whatever became of it.
  private mutating func take(_ day: String, _ name: String) -> Bool {
    let relative = "\(day)/\(name)"
    let path = layout.path(relative: relative)
    let size: Int
    do {
      size = try FileInformation(of: path).size
    } catch {
      note(relative, GalleryError(reading: error))
      return true
    }
    do {
      let record = try BirthRecord(ofPicture: path)
      guard ids.insert(record.origin.id).inserted else {
        report.idsTaken.append(relative)
        return true
      }
      jobs.insert(record.origin.id.job)
      if size != record.file.byteCount { report.picturesChanged.append(relative) }
      records.append(PictureRecord(record, path: relative))
      return true
    } catch {
      report.recordsBroken[relative] = error.message
      return false
    }
  }

  /// Gives a picture the record it lacks: from the journal, from what is embedded, or from its name.
  private mutating func adopt(_ orphan: Orphan) {
    let relative = "\(orphan.directory)/\(orphan.name)"
    let path = layout.path(relative: relative)
    do throws(GalleryError) {
      let record = BirthRecord(
        origin: try recoveredOrigin(orphan, path), file: try FileFacts(reading: path))
      ids.insert(record.origin.id)
      jobs.insert(record.origin.id.job)
      records.append(PictureRecord(record, path: relative))
      // A record that cannot be understood may be of a newer program: it stays.
      if report.recordsBroken[relative] != nil { return }
      try record.write(to: blobs, besidePicture: relative)
      report.recordsWritten.append(relative)
    } catch {
      if error.code == .notAPicture || error.code == .truncated {
        report.recordsBroken[relative] = error.message
      } else {
        note(relative, error)
      }
    }
  }

  private func recoveredOrigin(_ orphan: Orphan, _ path: String) throws(GalleryError)
    -> PictureOrigin
  {
    let named = GalleryLayout.picture(ofFile: orphan.name).flatMap { ids.contains($0) ? nil : $0 }
    return try PictureOrigin(
      recovering: path, named: named, known: origin,
      otherwise: { PictureID(job: JobID.unused { jobs.contains($0) }, number: 1) })
  }
}
