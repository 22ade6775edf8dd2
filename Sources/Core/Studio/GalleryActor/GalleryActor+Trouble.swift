import Gallery
import Seedream

extension GalleryActor {
  /// Makes sure, before a request leaves, that what may come of it finds a place: the gallery is there and
  /// ours, has room for the pictures of all requests under way, and the journal has room set aside for
  /// their lines.
  func prepare(_ job: JobID, bytes: Int) throws(GalleryError) {
    try writer.checkRoom(for: bytes + promised.values.reduce(0, +))
    try journal.recover()
    try journal.reserveRoom()
    promised[job] = bytes
  }

  /// The request is over, and its pictures are saved or lost.
  func release(_ job: JobID) {
    promised[job] = nil
  }

  /// Tries the gallery out, and brings home what was spooled. Throws what is still wrong.
  ///
  /// - Parameter bytes: Room there must be for what waits to be sent.
  func probe(bytes: Int) throws(GalleryError) {
    try writer.checkRoom(for: bytes + promised.values.reduce(0, +))
    try writer.probe()
    try journal.recover()
    spool.noteHeldEntries(0)
    try writer.completeIndex()
  }

  /// Moves what only memory has to any disk that takes it: these bytes, and lines of the journal.
  func settle(_ held: [(id: PictureID, source: PictureSource)]) {
    for (id, source) in held { note(source, id.number, of: id.job) }
    journal.settle()
    spool.noteHeldEntries(journal.heldEntries)
  }

  /// A service that was killed while it filed a picture leaves it without its record or its row. Without
  /// this the picture would be fetched once more, or be thought lost. The journal gets the line it lacks.
  func mend(_ entries: inout [JournalEntry]) {
    var open: [PictureID: Timestamp] = [:]
    var done: Set<PictureID> = []
    for entry in entries {
      switch entry.event {
      case .result(let number, _, _):
        open[PictureID(job: entry.job, number: number)] = entry.time
      case .done(let id):
        done.insert(id)
        if (try? reader.picture(id.description)) != nil { open[id] = nil }
      case .trashed(let id), .erased(let id): open[id] = nil
      default: break
      }
    }
    guard var first = open.values.min(by: { $0.milliseconds < $1.milliseconds }) else { return }
    // Its bytes may have begun to arrive before midnight.
    first.milliseconds -= 86_400_000
    do throws(GalleryError) {
      try writer.mend(since: first, entries: entries)
    } catch {
      spool.report(error)
    }
    for id in open.keys where !done.contains(id) && (try? reader.picture(id.description)) != nil {
      try? write(.done(id), of: id.job)
      entries.append(JournalEntry(job: id.job, time: Timestamp.now(), event: .done(id)))
    }
  }
}

extension JournalEntry.Event {
  /// Whether it tells what cannot be undone, and must be written down wherever there is a place for it.
  /// Before the others happen, the gallery has to have their line.
  var hasHappened: Bool {
    switch self {
    case .pending, .result, .done, .finished, .failed, .rawReply, .cancelled, .settled: true
    case .intent, .sent, .edited, .moved, .forgotten, .resent, .arrived, .trashed, .restored,
      .erased:
      false
    }
  }
}

extension GenerationRequest {
  /// Bytes its pictures may take, with room for a copy of each while it is filed: generously guessed,
  /// since a disk that turns out to be too small costs more than one that is left alone too early.
  func roomNeeded(_ model: Model?) -> Int {
    let pixels =
      switch size {
      case .pixels(let width, let height): PixelSize(width, height).pixelCount
      case .keyword(let word):
        model?.sizes.tier(word)?.largest?.pixelCount ?? model?.sizes.pixels?.upperBound ?? 1 << 24
      }
    // Two bytes a pixel are a JPEG of the best quality; a PNG seldom goes beyond three. A layer is mostly
    // transparent, and of many pictures a few are filed at once.
    let format = model?.members.format(of: self) ?? outputFormat ?? .jpeg
    let picture = pixels * (format == .png ? 3 : 2)
    guard layers else { return 2 * max(1, count) * picture }
    return 2 * picture + reservedPictures(of: model) * pixels
  }
}
