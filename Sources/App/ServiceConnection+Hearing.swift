import Gallery
import Jobs
import Posix
import Studio

extension ServiceConnection {
  func keep(_ first: StudioClient? = nil) {
    keeper?.cancel()
    isResting = false
    keeper = Task.detached(executorPreference: pool) { await self.hearAll(first) }
  }

  /// Hears one service after another while jobs are followed, and the first one in any case.
  private func hearAll(_ first: StudioClient?) async {
    var next = first
    var (failures, shortOnes) = (0, 0)
    while true {
      if next == nil { next = await anyService() }
      let start = SystemClock.monotonicMilliseconds
      let wasHeard = if let client = next.take() { await hear(client) } else { false }
      if Task.isCancelled { return }
      failures = wasHeard ? 0 : failures + 1
      if failures == Self.attempts { giveUp { _ in true } }
      // Services that end as soon as they begin are not to be started one after another.
      let isShort = SystemClock.monotonicMilliseconds - start < 2000
      shortOnes = wasHeard && !isShort ? 0 : shortOnes + 1
      if shortOnes == 0 { restingSeconds = 1 }
      guard !followers.isEmpty else { return await rest() }
      if !wasHeard || shortOnes > 1 {
        await pause(.milliseconds(500 << min(shortOnes - 1, 5)))
      }
      if Task.isCancelled { return }
    }
  }

  private func anyService() async -> StudioClient? {
    do throws(StudioError) {
      return try await workspace.service()
    } catch {
      failure = error.message
      return nil
    }
  }

  /// Hears a service to its end.
  /// - Returns: Whether it told anything.
  private func hear(_ client: StudioClient) async -> Bool {
    brokeDown = false
    var why = Self.ended
    let listener = Listener()
    let line = Task.detached(executorPreference: pool) { () -> Result<Void, StudioError> in
      let end = await client.allEvents { listener.add($0) }
      listener.end()
      return end
    }
    defer { line.cancel() }
    do {
      while let events = await listener.next(), !Task.isCancelled {
        if heard == nil { try await begin(client) }
        for event in events where !Task.isCancelled { take(event, from: client) }
      }
      // It ends with an error where the service did not close the stream itself.
      if !Task.isCancelled { try await line.value.get() }
    } catch {
      if !Task.isCancelled { (brokeDown, why) = await end(of: client, error) }
    }
    if Task.isCancelled { return true }
    let wasHeard = heard.take() != nil
    tell?(.lost(why, isUnexpected: brokeDown))
    if wasHeard {
      for number in followers.keys { followers[number]?.serviceEnded() }
      giveUp { $0.restarts < 0 }
    }
    return wasHeard
  }

  private static let ended = "The service has ended; the next send starts it again."

  /// Whether a service that is not heard any more broke down, and what is said of it, a sentence.
  private func end(of client: StudioClient, _ error: any Error) async -> (Bool, String) {
    let error = error as? StudioError ?? StudioError(.badAnswer, "\(error)")
    guard error.code == .unreachable else { return (false, Self.unheard(error)) }
    // A service that ends in order takes its note away before it cuts its connections.
    let note = GalleryLayout(root: workspace.gallery).socketNote
    guard FileSystem.exists(note) else { return (false, Self.ended) }
    do throws(StudioError) {
      let now = try await client.greeting().processID
      // The same one lives, and only the line was cut.
      if now == client.processID { return (false, Self.unheard(error)) }
    } catch {
      if error.code != .unreachable { return (false, Self.unheard(error)) }
    }
    return (true, "The service broke down.")
  }

  private static func unheard(_ error: StudioError) -> String {
    switch error.code {
    case .unreachable, .badAnswer: "The service is not heard (\(error.message))."
    default: error.message
    }
  }

  private func take(_ event: StudioEvent, from client: StudioClient) {
    switch event {
    case .job(let status): take(status, from: client)
    case .queue(let status): tell?(.queue(status))
    case .gallery: tell?(.gallery)
    }
  }

  /// From here on nothing goes by unheard; what comes meanwhile is heard behind this.
  /// - Throws: Where it does not tell of its jobs: then it is not heard.
  private func begin(_ client: StudioClient) async throws(StudioError) {
    // Revisions are counted by each service for itself.
    (heard, known, failure) = (client, [:], nil)
    ask(client, for: Array(Set(followers.values.flatMap(\.ids))))
    guard tell != nil else { return }
    do throws(StudioError) {
      let jobs = try await client.jobs()
      if Task.isCancelled { return }
      tell?(.jobs(jobs.map(newest)))
      if client !== outgoing { tell?(.connected) }
      askLedger()
    } catch {
      if heard === client, !Task.isCancelled { heard = nil }
      throw error
    }
  }

  /// Nobody follows jobs: what else is heard comes by `connect`.
  private func rest() async {
    isResting = true
    guard tell != nil else { return }
    if brokeDown {
      guard !mayRestart() else {
        if (try? await connect()) != nil { return }
        return await waitForAnother()
      }
      tell?(
        .lost(
          "The service broke down again: the next send starts it, and what became of its jobs is said then.",
          isUnexpected: true))
    }
    await waitForAnother()
  }

  /// One that somebody else starts.
  private func waitForAnother() async {
    while !Task.isCancelled {
      await pause(.seconds(restingSeconds))
      restingSeconds = min(restingSeconds * 2, 60)
      guard !Task.isCancelled,
        (try? await workspace.runningService()?.greeting().isEnding) == false
      else { continue }
      if (try? await connect()) != nil { return }
    }
  }

  /// Once a minute: a service that breaks down whenever it starts is left to the user.
  private func mayRestart() -> Bool {
    let now = SystemClock.monotonicMilliseconds
    if let lastRestart, now - lastRestart < 60_000 { return false }
    lastRestart = now
    return true
  }
}

extension StudioClient {
  /// - Returns: When the service has ended; a failure where it did not close the stream itself.
  fileprivate func allEvents(
    _ take: @escaping @Sendable (StudioEvent) -> Void
  ) async -> Result<Void, StudioError> {
    do throws(StudioError) {
      return .success(try await events(onOpen: {}, onEvent: take))
    } catch {
      return .failure(error)
    }
  }
}
