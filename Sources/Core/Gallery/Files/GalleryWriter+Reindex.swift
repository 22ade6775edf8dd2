internal import Imaging
internal import Posix
internal import Seedream

extension GalleryWriter {
  /// Rebuilds the index from pictures and records, and gives every picture a record: from the journal,
  /// from what is embedded in it, or from its name.
  ///
  /// Readers see the old index until the new one is complete. What cannot be read is in the report and
  /// stops nothing; throws when the gallery itself cannot be listed, or the index not be written.
  @discardableResult
  package func reindex() throws(GalleryError) -> MendReport {
    var origins: JournalOrigins?
    var fault: GalleryError?
    // The journal of years is read only if a picture needs it.
    var report = try reindex { id in
      if origins == nil {
        do throws(GalleryError) {
          origins = JournalOrigins(try JournalContents(layout).entries)
        } catch {
          origins = JournalOrigins([])
          fault = error
        }
      }
      return origins?[id]
    }
    if let fault { report.inaccessible[layout.relative(layout.journalDirectory)] = fault.message }
    return report
  }

  /// `reindex()` with another source than the journal.
  ///
  /// - Parameter origin: What is known of a picture that has no record.
  @discardableResult
  package func reindex(origin: (PictureID) -> PictureOrigin?) throws(GalleryError) -> MendReport {
    do {
      return try withoutActuallyEscaping(origin) { origin in
        // First: what it brings back to a picture of the gallery is not missing there.
        var trash = TrashRepair(layout, blobs, known: [], origin: origin)
        trash.run()
        let scan = try GalleryScan(layout, blobs, origin: origin)
        try replaceIndex(
          scan.records.sorted { ($0.created, $0.path) < ($1.created, $1.path) },
          trash: trash.found)
        unindexed = []
        var report = scan.report
        report.trashed = trash.found.count
        report.trashMended = trash.mended
        report.inaccessible.merge(trash.faults) { $1 }
        return report
      }
    } catch {
      // `withoutActuallyEscaping` has forgotten what it is.
      throw error as? GalleryError ?? GalleryError(.index, "\(error)")
    }
  }

  /// One that does not have what its number says, or cannot be read, gives way to a new file: it is a cache.
  private func replaceIndex(
    _ records: [PictureRecord], trash: [TrashedPicture]
  ) throws(GalleryError) {
    do throws(GalleryError) {
      try indexAsIs().replaceAll(records, trash: trash)
    } catch {
      guard error.code == .index else { throw error }
      try indexAsIs(anew: true).replaceAll(records, trash: trash)
    }
  }
}

extension GalleryWriter {
  /// Finishes what a crash has left of the pictures since a day: files without a record get one, and
  /// records without a row theirs. The index is not made anew.
  ///
  /// - Parameter entries: The journal as far as it may concern them.
  package func mend(since day: Timestamp, entries: [JournalEntry]) throws(GalleryError) {
    let origins = JournalOrigins(entries)
    let scan = try GalleryScan(layout, blobs, since: day.day) { origins[$0] }
    for record in scan.records where try openIndex().picture(record.id) == nil {
      _ = insert(record)
    }
  }
}

extension FileFacts {
  /// The facts of a picture that lies in the gallery.
  init(reading path: String) throws(GalleryError) {
    let picture = try PictureReader(picture: path)
    let hash: String
    do {
      hash = try picture.sha256()
    } catch {
      throw GalleryError(reading: error)
    }
    let found = try PictureCheck(picture, of: printable(path))
    var received = hash
    if let range = EmbeddedMetadata.insertedRange(of: picture, at: path, found) {
      do {
        received = try picture.sha256(without: range)
      } catch {
        throw GalleryError(reading: error)
      }
    }
    self.init(
      name: FileSystem.name(of: path), format: found.format, width: found.width,
      height: found.height, byteCount: picture.count, sha256: hash, receivedSHA256: received,
      remark: found.remark)
  }
}
