import Gallery
import Jobs
import Posix
import Seedream

extension Studio {
  /// Starts what waits: first runs that have paused and may go on, then jobs in the order of the queue.
  func startNext() {
    guard !isClosed, !queueStatus.isHeld else { return }
    for (id, continuation) in returning where hasRoom(for: id) {
      returning.removeAll { $0.id == id }
      _ = table.change(id) { $0.isDrawing = true }
      continuation.resume()
    }
    while let job = table.next(limit: parallelJobs) { start(job) }
  }

  /// How many jobs of a provider may talk to it at once.
  private func parallelJobs(_ provider: String) -> Int {
    max(1, parallel[provider] ?? options.parallelJobs)
  }

  private func hasRoom(for id: String) -> Bool {
    guard let provider = table[id]?.status.provider else { return true }
    return table.drawing(provider) < parallelJobs(provider)
  }

  private func start(_ job: Job) {
    let id = job.status.id
    let order: RunRequest
    do throws(StudioError) {
      order = try self.order(job)
    } catch {
      return finish(id, JobOutcome(state: .failed, message: error.message))
    }
    let control = RunControl()
    change(id) { job in
      job.control = control
      job.isDrawing = true
      job.status.state = .sending
    }
    let run = GenerationRun(
      order: order, firstAttempt: job.status.attempts + 1, dependencies: dependencies,
      control: control,
      turn: { [weak self] in await self?.turn(of: id) },
      report: { [weak self] in await self?.apply($0, of: id) })
    Task { await run.run() }
  }

  /// Asks on for what an earlier service's provider draws; needs no turn, since it draws already.
  func startAsking(_ id: String) {
    guard let job = table[id], job.control == nil, !job.status.state.needsKey,
      let pending = job.pending
    else { return }
    let order: RunRequest
    do throws(StudioError) {
      order = try self.order(job)
    } catch {
      return finish(id, JobOutcome(state: .unknown(.open), message: error.message))
    }
    let control = RunControl()
    change(id) { job in
      job.control = control
      job.isDrawing = true
    }
    let run = PollingRun(
      order: order, pending: pending, sent: job.status.sent.map(Timestamp.init(local:)),
      members: job.status.members, missing: job.missing,
      generated: job.status.usage?.generatedImages, dependencies: dependencies, control: control,
      report: { [weak self] in await self?.apply($0, of: id) })
    Task { await run.run() }
  }

  // MARK: Turns

  /// Returns when a run may talk to its provider again, or has been cancelled; at once where it never
  /// paused.
  private func turn(of id: String) async {
    guard let job = table[id], !job.isDrawing, job.control?.isCancelled == false else { return }
    await withCheckedContinuation { continuation in
      returning.append((id, continuation))
      startNext()
    }
  }

  /// Lets a cancelled run go on to its end.
  func letGoOn(_ id: String) {
    for (_, continuation) in returning.filter({ $0.id == id }) { continuation.resume() }
    returning.removeAll { $0.id == id }
  }

  func apply(_ report: RunReport, of id: String) async {
    switch report {
    case .ended(let outcome):
      await settle(id, outcome)
      finish(id, outcome)
      fetchLater(id)
    case .held(let error):
      onFailure(error)
      await putBack(id, error)
      wakeWaiters()
    case .waiting, .downloading:
      change(id) { $0.apply(report) }
      startNext()
      // One that has paused holds up no end of the service.
      wakeWaiters()
    default: change(id) { $0.apply(report) }
    }
  }
}
