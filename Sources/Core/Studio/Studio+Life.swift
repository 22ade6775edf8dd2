import Jobs
import Posix

extension Studio {
  /// Takes no more jobs and starts none; what runs goes on. Those that wait for their turn stay in the
  /// journal, for the next service.
  package func close() { isClosed = true }

  /// As `close`, and returns when nothing is under way, and nothing of it is in memory only.
  package func drain() async {
    close()
    while true {
      if table.underWayCount > 0 {
        await withCheckedContinuation { endWaiters.append($0) }
      } else if dependencies.galleryActor.spool.holdsAnything {
        await dependencies.galleryActor.settle(table.held)
        guard dependencies.galleryActor.spool.holdsAnything else { continue }
        try? await Task.sleep(for: .seconds(options.probePause))
      } else {
        break
      }
    }
    await tidy()
  }

  /// Returns when every job is over.
  package func untilIdle() async {
    if isIdle { return }
    await withCheckedContinuation { idleWaiters.append($0) }
  }

  /// Closes the studio where it has nothing to do and nobody listens to it or is being answered.
  ///
  /// What came a moment later would find it ending, and go to the next service.
  /// - Returns: Whether it was closed.
  package func closeIfAtRest() async -> Bool {
    guard isAtRest, !hub.isUsed else { return false }
    close()
    await tidy()
    return true
  }

  /// Whether nothing will happen here by itself: no job is on its way or waits for its turn, and no
  /// picture waits to be fetched, or for the gallery to be writable again.
  package var isAtRest: Bool { isIdle && !table.awaitsFetch && !awaitsGallery }

  /// Whether nothing is running or about to.
  ///
  /// A job that waits for a user is at rest: for a key, or because the queue is held. The next service
  /// finds it in the journal.
  package var isIdle: Bool { !isLookingUpKeys && table.isIdle(isHeld: queueStatus.isHeld) }

  /// Whether somebody listens to the events.
  package nonisolated var hasListeners: Bool { hub.hasListeners }

  /// How long ago something last happened or somebody asked something, in milliseconds.
  package nonisolated var quietMilliseconds: Int64 {
    SystemClock.monotonicMilliseconds - hub.lastUse
  }

  /// What the service says of itself now.
  func greeting(_ greeting: ServiceGreeting) -> ServiceGreeting {
    var greeting = greeting
    greeting.isEnding = isClosed
    greeting.runs = table.underWayCount
    greeting.waitsFor = warning
    return greeting
  }

  /// What would be lost if the process ended now, as a sentence; nil for nothing.
  package nonisolated var warning: String? { dependencies.galleryActor.spool.warning }

  /// Throws while the service takes no jobs: at its end, and as long as the journal is not read.
  func checkTakesJobs() throws(StudioError) {
    guard !isClosed else {
      throw StudioError(.ending, "The service is ending and takes no more jobs; send it again.")
    }
    guard isJournalRead else {
      throw StudioError(.gallery, queueStatus.trouble ?? "The journal is not read yet.")
    }
  }

  /// Called whenever a job has ended, or has come to rest.
  func wakeWaiters() {
    guard table.underWayCount == 0 else { return }
    for waiter in endWaiters { waiter.resume() }
    endWaiters = []
    guard isIdle else { return }
    for waiter in idleWaiters { waiter.resume() }
    idleWaiters = []
  }
}
