import Gallery
import Imaging
import Jobs
import Posix
import Seedream

extension GalleryActor {
  /// What earlier services have left.
  struct Past: Sendable {
    /// Oldest first.
    var jobs: [Job] = []
    /// All jobs in the order of their turns.
    var queue: [JobID] = []
    /// Whether a user has paused the queue.
    var isPaused = false
    /// A sentence for each line or file that could not be read.
    var faults: [String] = []
    var ledger = Ledger()
    /// Why the journal cannot be read. Then nothing is known of jobs and money, and nothing may be sent.
    var failure: GalleryError?
  }

  /// The jobs of earlier services, or why the journal cannot be read.
  ///
  /// Only the months are read in which something may be left to do: the last two, and older ones until
  /// every job in them is over. That is noted, so that a journal of years is not read at every start.
  func past(catalogue: ModelCatalogue) -> Past {
    do throws(GalleryError) {
      try journal.recover()
    } catch {
      spool.report(error)
    }
    var past = Past(isPaused: FileSystem.exists(layout.pausedNote))
    let now = Timestamp.now()
    let months = JournalMonths(layout)
    var entries: [JournalEntry] = []
    var jobs: [String: Set<JobID>] = [:]
    var history = JobHistory(catalogue: catalogue)
    // How many entries come before the last line that is lost.
    var doubted = 0
    do throws(GalleryError) {
      for month in try months.open(at: now).sorted() {
        let contents = try JournalContents(layout, months: [month])
        // The last line may be torn: what it announced was not done yet.
        let lost = contents.damage.last { !$0.isLast }
        if let lost { doubted = entries.count + lost.position }
        entries += contents.entries
        jobs[month] = Set(contents.entries.map(\.job))
        past.faults += contents.damage.map(\.message)
        journal.mend(contents.damage)
      }
      // Those that could not be brought home say as much of the jobs as the others.
      let elsewhere = try journal.elsewhere()
      entries += elsewhere.entries.missing(from: entries)
      past.faults += elsewhere.damage.map(\.message)
      if elsewhere.damage.contains(where: { !$0.isLast }) { doubted = entries.count }
    } catch {
      // Half a journal could take for unsent what was sent, and for unspent what was spent.
      return Past(isPaused: past.isPaused, failure: error)
    }
    names.formUnion(entries.map(\.job))
    mend(&entries)
    endIncompleteGroups(&entries, after: doubted)
    for entry in entries.prefix(doubted) { history.apply(entry) }
    if doubted > 0 { history.noteLostLine() }
    for entry in entries.dropFirst(doubted) { history.apply(entry) }
    past.jobs = history.jobs(now: SystemClock.secondsSince1970) { id in
      made(id)
    }
    for index in past.jobs.indices where past.jobs[index].status.rawReply != nil {
      if !hasReply(to: past.jobs[index].id) { past.jobs[index].status.rawReply = nil }
    }
    removeLeftReplies()
    past.queue = history.queue
    past.ledger = Ledger(after: entries, pricing: &past.jobs)
    let open = Set(past.jobs.filter { !$0.isForgettable }.map(\.id))
    for (month, jobs) in jobs where jobs.isDisjoint(with: open) { months.close(month, at: now) }
    return past
  }

  /// Writes down whether the queue is paused; holds until it is written anew.
  func setPaused(_ isPaused: Bool) throws(GalleryError) {
    do {
      if isPaused {
        try DurableFile.write([], to: layout.pausedNote, mode: 0o600, replacing: true)
      } else {
        try FileSystem.remove(layout.pausedNote)
      }
    } catch {
      throw GalleryError(
        .cannotWrite, "The queue cannot be \(isPaused ? "paused" : "resumed"): \(error).")
    }
  }

  /// Copies files to where pictures are filed from; all of them, or none.
  func copies(of files: [String]) throws(GalleryError) -> [SpooledPicture] {
    var copies: [SpooledPicture] = []
    for file in files {
      guard file.isAbsolutePath else {
        throw GalleryError(.notFound, "'\(printable(file))' is no absolute path.")
      }
      let bytes: [UInt8]
      do {
        bytes = try FileSystem.read(file, limit: GalleryWriter.maximumPictureBytes)
      } catch {
        throw GalleryError(.cannotRead, "'\(printable(file))' cannot be taken in: \(error).")
      }
      guard FileFormat.isRecognised(bytes) else {
        throw GalleryError(.notAPicture, "'\(printable(file))' is no picture.")
      }
      let copy = SpooledPicture(spool)
      try copy.append(bytes)
      copies.append(copy)
    }
    return copies
  }
}
