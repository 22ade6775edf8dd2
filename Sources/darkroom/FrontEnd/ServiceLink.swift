import App
import Interface
import Jobs
import Posix
import Seedream
import Studio
import Synchronization

/// What the front end asks of the service. Answers are actions; of jobs its events tell, before the answer.
final class ServiceLink: Sendable {
  private let workspace: Workspace
  private let mailbox: Mailbox<AppAction>
  private let connection: ServiceConnection
  private let events = Mutex(EventActions())

  init(workspace: Workspace, mailbox: Mailbox<AppAction>, pool: WorkPool) {
    self.mailbox = mailbox
    // Standard error is the screen.
    let said = Said()
    var workspace = workspace
    workspace.tell = { telling in
      switch telling {
      case .wait(let sentence): mailbox.send(.noticed(Notice(.information, sentence)))
      case .network(let sentence):
        if said.isNew(sentence) { mailbox.send(.noticed(Notice(.warning, sentence))) }
      }
    }
    self.workspace = workspace
    connection = ServiceConnection(workspace: workspace, pool: pool)
  }

  /// Finds or starts the service, and tells what happens from now on.
  func connect() async {
    await connection.listen { [self] event in
      for action in events.withLock({ $0.actions(of: event) }) {
        mailbox.send(action, inPlaceOf: action.key)
      }
    }
    _ = try? await connection.connect()
  }

  /// What comes of asking, or a notice of why nothing does.
  private func orNotice(_ ask: () async throws -> AppAction?) async -> AppAction? {
    do {
      return try await ask()
    } catch {
      let sentence = Failures.sentence(error)
      return .noticed(Notice(.error, sentence.prefix(1).uppercased() + sentence.dropFirst()))
    }
  }

  // MARK: Sending

  /// The answer to `send`.
  func send(ticket: Int, _ request: GenerationRequest, provider: String) async -> AppAction {
    do {
      let jobs = try await connection.submit(
        try await workspace.submission(try request.withCheckedPrompt(), provider: provider))
      return .sendAccepted(ticket: ticket, jobID: jobs[0].id)
    } catch let error as StudioError {
      let again = " Sending it again asks for the same job, not for another."
      return .sendRefused(
        ticket: ticket, error.problems,
        message: error.message + (error.code == .unclear ? again : ""))
    } catch {
      return .sendRefused(ticket: ticket, [], message: Failures.sentence(error))
    }
  }

  /// The answer to `retryJob`: the same request as a new job, which is paid anew.
  func retry(_ id: String) async -> AppAction? {
    await orNotice {
      _ = try await connection.retry(id, asBefore: true) { [mailbox] in
        mailbox.send(.noticed(Notice(.warning, $0)))
      }
      return nil
    }
  }

  // MARK: The queue

  /// The answer to `pauseQueue` and `resumeQueue`.
  func setPaused(_ isPaused: Bool) async -> AppAction? {
    await orNotice {
      let client = try await connection.service()
      return .queueReported(isPaused ? try await client.pause() : try await client.resume())
    }
  }

  /// The answer to `moveJob`.
  func move(_ id: String, before other: String?) async -> AppAction? {
    await orNotice {
      try await connection.ask { client throws(StudioError) in
        try await client.move(id, before: other)
      }
      return nil
    }
  }

  /// The answer to `editJob`.
  func edit(_ id: String, _ request: GenerationRequest) async -> AppAction {
    do {
      _ = try await connection.edit(try await connection.service().job(id), request)
      return .jobEdited(id: id)
    } catch let error as StudioError {
      return .editRefused(jobID: id, error.problems, message: error.message)
    } catch {
      return .editRefused(jobID: id, [], message: Failures.sentence(error))
    }
  }

  /// The answer to `cancelJob`.
  func cancel(_ id: String) async -> AppAction? {
    await orNotice {
      try await connection.ask { client throws(StudioError) in try await client.cancel(id) }
      return nil
    }
  }

  /// The answer to `cancelJobs`.
  func cancel(_ ids: [String]) async -> AppAction? {
    await orNotice {
      var jobs: [JobStatus] = []
      for id in ids {
        do {
          jobs.append(
            try await connection.ask { client throws(StudioError) in try await client.cancel(id) })
        } catch let error as StudioError where error.code == .noSuchJob {
          continue
        }
      }
      let ended = jobs.filter(\.state.isFinal)
      let goOn = jobs.count - ended.count
      let billed = ended.contains {
        $0.sent != nil && !workspace.isFree(providerNamed: $0.provider)
      }
      let sentences = [
        ended.count == 1 ? "1 job was cancelled." : "\(ended.count) jobs were cancelled.",
        billed ? "What was sent already may still be billed." : nil,
        goOn == 0 ? nil : "The pictures of \(goOn) are paid for, and fetched all the same.",
      ]
      return .noticed(Notice(.information, sentences.compactMap(\.self).joined(separator: " ")))
    }
  }

  // MARK: What is over

  /// The answer to `fetchPictures`.
  func fetch(_ id: String) async -> AppAction? {
    await orNotice {
      try await connection.ask { client throws(StudioError) in try await client.fetch(id) }
      return nil
    }
  }

  /// The answer to `forgetJob`.
  func forget(_ id: String) async -> AppAction? {
    await orNotice {
      try await connection.ask { client throws(StudioError) in try await client.forget(id) }
      return nil
    }
  }

  /// The answer to `attachFiles`.
  func attach(_ id: String, _ paths: [String]) async -> AppAction {
    do throws(StudioError) {
      let files = paths.map(ReferenceInspector.path)
      try await connection.ask { client throws(StudioError) in
        try await client.attach(id, files: files)
      }
      return .attached(jobID: id)
    } catch {
      return .attachRefused(jobID: id, message: error.message)
    }
  }

  /// The answer to `trashPicture`.
  func trash(_ id: String) async -> AppAction {
    do throws(StudioError) {
      return .pictureTrashed(id: try await connection.service().trash(id).id)
    } catch {
      return .trashRefused(id: id, message: error.message)
    }
  }

  /// The answer to `restorePicture`.
  func restore(_ id: String) async -> AppAction {
    do throws(StudioError) {
      return .pictureRestored(id: try await connection.service().restore(id).first?.id ?? id)
    } catch {
      return .trashRefused(id: id, message: error.message)
    }
  }
}
