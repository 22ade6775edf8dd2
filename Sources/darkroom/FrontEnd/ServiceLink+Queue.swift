import Gallery
import Interface
import Jobs
import Posix
import Seedream
import Settings
import Studio
import Synchronization

// What is done to the queue, to a job that waits, and about an outcome that is unknown.

extension ServiceLink {
  /// The answer to `pauseQueue` and `resumeQueue`.
  func setPaused(_ isPaused: Bool) async -> AppAction {
    await orNotice { client throws(StudioError) in
      .queueReported(isPaused ? try await client.pause() : try await client.resume())
    }
  }

  /// The answer to `moveJob`.
  func move(_ id: String, before other: String?) async -> AppAction {
    await orNotice { client throws(StudioError) in
      .jobReported(newest(try await client.move(id, before: other)))
    }
  }

  /// The answer to `cancelJobs`; of each job the events tell.
  func cancel(_ ids: [String]) async -> AppAction {
    await orNotice { client throws(StudioError) in
      var jobs: [JobStatus] = []
      for id in ids {
        do throws(StudioError) {
          jobs.append(newest(try await client.cancel(id)))
        } catch  where error.code == .noSuchJob {
          continue
        }
      }
      for job in jobs { hear(job) }
      let ended = jobs.filter(\.state.isFinal)
      let goOn = jobs.count - ended.count
      let billed = ended.contains { $0.sent != nil }
      let sentences = [
        ended.count == 1 ? "1 job was cancelled." : "\(ended.count) jobs were cancelled.",
        billed ? "What was sent already may still be billed." : nil,
        goOn == 0 ? nil : "The pictures of \(goOn) are paid for, and fetched all the same.",
      ]
      return .noticed(Notice(.information, sentences.compactMap(\.self).joined(separator: " ")))
    }
  }

  /// The answer to `editJob`.
  func edit(_ id: String, _ request: GenerationRequest) async -> AppAction {
    do {
      hear(try await workspace.edit(try await workspace.service().job(id), request))
      return .jobEdited(id: id)
    } catch let error as StudioError {
      return .editRefused(jobID: id, error.problems, message: error.message)
    } catch {
      return .editRefused(jobID: id, [], message: Failures.sentence(error))
    }
  }

  /// The answer to `fetchPictures`.
  func fetch(_ id: String) async -> AppAction {
    await orNotice { client throws(StudioError) in
      .jobReported(newest(try await client.fetch(id)))
    }
  }

  /// The answer to `forgetJob`.
  func forget(_ id: String) async -> AppAction {
    await orNotice { client throws(StudioError) in
      .jobReported(newest(try await client.forget(id)))
    }
  }

  /// The answer to `attachFiles`.
  func attach(_ id: String, _ paths: [String]) async -> AppAction {
    do throws(StudioError) {
      let files = paths.map(ReferenceInspector.path)
      hear(try await workspace.service().attach(id, files: files))
      return .attached(jobID: id)
    } catch {
      return .attachRefused(jobID: id, message: error.message)
    }
  }

  /// Tells what is left of the budget; asked again meanwhile, it asks once more and answers once.
  func askLedger() {
    let task = Task.detached(executorPreference: pool) { [self] in
      guard let client = try? await workspace.runningService(),
        let status = try? await client.ledger(), !Task.isCancelled
      else { return }
      mailbox.send(.budgetReported(status.lines.compactMap(BudgetItem.init)))
    }
    ledgerAsked.withLock { asked in
      asked?.cancel()
      asked = task
    }
  }
}
