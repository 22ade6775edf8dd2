import Interface
import Posix
import Seedream
import Studio
import Synchronization

/// The front end's line to the service: finds or starts it, hears its events, hands it jobs.
final class ServiceLink: Sendable {
  private let workspace: Workspace
  private let mailbox: Mailbox<AppAction>
  private let listening = Mutex<Task<Void, Never>?>(nil)
  /// Pictures that were told already, so that each is told once.
  private let told = Mutex<Set<String>>([])

  private let pool: WorkPool

  init(workspace: Workspace, mailbox: Mailbox<AppAction>, pool: WorkPool) {
    self.pool = pool
    self.workspace = workspace
    self.mailbox = mailbox
  }

  /// Finds or starts the service and listens to it.
  func connect() async {
    do throws(StudioError) {
      let client = try await workspace.service()
      let jobs = try await client.jobs()
      told.withLock { $0.formUnion(jobs.flatMap { $0.pictures.map(\.id) }) }
      mailbox.send(.jobsListed(jobs.filter { !$0.state.isFinal || $0.isRecent }.map { $0.item }))
      mailbox.send(.serviceConnected)
      listen(client)
    } catch {
      mailbox.send(.serviceLost(message: error.message))
    }
  }

  /// The answer to `send`.
  func send(ticket: Int, _ request: GenerationRequest, provider: String) async -> AppAction {
    do {
      let submission = try await workspace.submission(request, provider: provider)
      let client = try await workspace.service()
      let status = try await client.submit(submission)
      if listening.withLock({ $0 == nil }) { await connect() }
      hear(status)
      return .sendAccepted(ticket: ticket, jobID: status.id)
    } catch let error as StudioError {
      return .sendRefused(ticket: ticket, error.problems, message: error.message)
    } catch {
      return .sendRefused(ticket: ticket, [], message: Failures.sentence(error))
    }
  }

  /// The answer to `cancelJob`; nil where the events tell of it.
  func cancel(_ id: String) async -> AppAction? {
    do throws(StudioError) {
      return .jobReported(try await workspace.service().cancel(id).item)
    } catch {
      return .noticed(Notice(.error, error.message))
    }
  }

  private func listen(_ client: StudioClient) {
    let task = Task.detached(executorPreference: pool) { [self] in
      var message = "The service has ended; the next send starts it again."
      do throws(StudioError) {
        try await client.events(
          onOpen: {},
          onEvent: { [self] event in
            if case .job(let status) = event { hear(status) }
          })
      } catch {
        message = error.message
      }
      listening.withLock { $0 = nil }
      if !Task.isCancelled { mailbox.send(.serviceLost(message: message)) }
    }
    listening.withLock { listening in
      listening?.cancel()
      listening = task
    }
  }

  private func hear(_ status: JobStatus) {
    for picture in status.pictures where told.withLock({ $0.insert(picture.id).inserted }) {
      mailbox.send(.pictureArrived(status.item(of: picture)))
    }
    mailbox.send(.jobReported(status.item))
  }
}

extension JobStatus {
  /// Ended so lately that somebody who opens the program may still want to know.
  fileprivate var isRecent: Bool {
    guard let finished else { return true }
    let needsCare = state == .unknown || state == .failed
    return needsCare && SystemClock.secondsSince1970 - finished < 3600
  }

  /// The job as the screen shows it, its times on the clock of the ticks.
  fileprivate var item: JobItem {
    let offset = Double(SystemClock.monotonicMilliseconds) / 1000 - SystemClock.secondsSince1970
    return JobItem(
      id: id, state: JobItem.State(state), prompt: request.prompt, modelName: modelName,
      expectedCount: request.count, arrivedCount: pictures.count, submittedAt: submitted + offset,
      startedAt: sent.map { $0 + offset }, finishedAt: finished.map { $0 + offset },
      usualSeconds: usualSeconds, pictures: pictures.map(\.id), message: message)
  }

  fileprivate func item(of picture: SavedPicture) -> HistoryItem {
    HistoryItem(
      id: picture.id, path: picture.path, prompt: request.prompt, modelName: modelName,
      providerName: provider, width: picture.width, height: picture.height,
      byteCount: picture.byteCount, time: ShownTime.short(picture.created),
      referenceCount: request.references.count)
  }
}

extension JobItem.State {
  fileprivate init(_ state: JobState) {
    self =
      switch state {
      case .queued: .queued
      case .sending: .sending
      case .running: .running
      case .downloading: .downloading
      case .done: .done
      case .partlyDone: .partlyDone
      case .failed: .failed
      case .cancelled: .cancelled
      case .unknown: .unknown
      }
  }
}
