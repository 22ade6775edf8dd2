internal import Posix
internal import Seedream

/// Reads the files of a gallery and makes records where they are missing; touches no index.
struct GalleryScan {
  private let layout: GalleryLayout
  private let birth: (PictureID) -> Birth?
  private(set) var records: [PictureRecord] = []
  private(set) var report = MendReport()
  private var orphans: [Orphan] = []
  private var ids: Set<PictureID> = []
  private var jobs: Set<JobID> = []

  private struct Orphan {
    var directory: String
    var name: String
    var format: ImageFormat
  }

  init(_ layout: GalleryLayout, birth: @escaping (PictureID) -> Birth?) throws(GalleryError) {
    self.layout = layout
    self.birth = birth
    do throws(PosixError) {
      for entry in try DirectoryListing(of: layout.root).entries
      where GalleryLayout.isDay(entry.name) {
        let directory = layout.path(relative: entry.name)
        guard try FileInformation(of: directory).kind == .directory else { continue }
        try scan(entry.name, DirectoryListing(of: directory).entries.map(\.name))
      }
    } catch {
      throw GalleryError(reading: error)
    }
    if let kept = try? DirectoryListing(of: layout.incomingDirectory) {
      report.leftovers += kept.entries.map {
        layout.relative(layout.incomingDirectory + "/" + $0.name)
      }
    }
    // After all records are read, so that a new id meets none of them.
    for orphan in orphans { try adopt(orphan) }
    report.pictures = records.count
  }

  private mutating func scan(_ day: String, _ names: [String]) throws(PosixError) {
    let present = Set(names)
    for name in names {
      if PendingFile.isLeftover(name) {
        report.leftovers.append("\(day)/\(name)")
      } else if name.hasSuffix(".json") {
        let picture = String(name.dropLast(5))
        if format(of: picture) != nil, !present.contains(picture) {
          report.picturesMissing.append("\(day)/\(name)")
        }
      } else if let format = format(of: name) {
        let hasRecord = present.contains(GalleryLayout.record(ofPicture: name))
        guard hasRecord, try take(day, name) else {
          orphans.append(Orphan(directory: day, name: name, format: format))
          continue
        }
      }
    }
  }

  private func format(of name: String) -> ImageFormat? {
    guard let dot = name.lastIndex(of: "."), !name.hasPrefix(".") else { return nil }
    return ImageFormat(fileExtension: name[name.index(after: dot)...])
  }

  /// True when the picture's record was read, whatever became of it.
  private mutating func take(_ day: String, _ name: String) throws(PosixError) -> Bool {
    let relative = "\(day)/\(name)"
    let path = layout.path(relative: relative)
    do {
      let record = try BirthRecord(ofPicture: path)
      guard ids.insert(record.birth.id).inserted else {
        report.idsTaken.append(relative)
        return true
      }
      jobs.insert(record.birth.id.job)
      if try FileInformation(of: path).size != record.file.byteCount {
        report.picturesChanged.append(relative)
      }
      records.append(PictureRecord(record, path: relative))
      return true
    } catch let error as GalleryError {
      report.recordsBroken[relative] = error.message
      return false
    } catch {
      throw error as? PosixError ?? PosixError("read", path: path, code: 0)
    }
  }

  /// Gives a picture the record it lacks: from the journal, from what is embedded, or from its name.
  private mutating func adopt(_ orphan: Orphan) throws(GalleryError) {
    let relative = "\(orphan.directory)/\(orphan.name)"
    let path = layout.path(relative: relative)
    let facts: FileFacts
    do {
      facts = try FileFacts(reading: path)
    } catch {
      if error.code == .notAPicture || error.code == .truncated {
        report.recordsBroken[relative] = error.message
        return
      }
      throw error
    }
    let birth = try recoveredBirth(orphan, path)
    ids.insert(birth.id)
    jobs.insert(birth.id.job)
    let record = BirthRecord(birth: birth, file: facts)
    records.append(PictureRecord(record, path: relative))
    // A record that cannot be understood may be of a newer program: it stays.
    if report.recordsBroken[relative] != nil { return }
    do {
      try DurableFile.write(try record.json(), to: GalleryLayout.record(ofPicture: path))
    } catch {
      throw (error as? PosixError).map { GalleryError(writing: $0) }
        ?? GalleryError(.malformed, "The record of \(printable(path)) cannot be written: \(error).")
    }
    report.recordsWritten.append(relative)
  }

  private func recoveredBirth(_ orphan: Orphan, _ path: String) throws(GalleryError) -> Birth {
    let parts = orphan.name.split(separator: "-", maxSplits: 3)
    let named = parts.count == 4 ? PictureID("\(parts[1])-\(parts[2])") : nil
    if let named, !ids.contains(named) {
      if let known = birth(named) ?? EmbeddedMetadata.birth(in: path), known.id == named {
        return known
      }
    }
    let id =
      if let named, !ids.contains(named) { named } else {
        PictureID(job: JobID.unused { jobs.contains($0) }, number: 1)
      }
    do {
      let modified = Timestamp(local: try FileInformation(of: path).modified)
      return Birth(
        id: id, created: modified, source: .recovered, provider: "", dialect: "", request: nil,
        program: "")
    } catch {
      throw GalleryError(reading: error)
    }
  }
}
