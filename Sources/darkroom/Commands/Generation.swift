import App
import Jobs
import Posix
import Seedream
import Settings
import Studio

/// Sends one job and follows it to its end, or until the user has had enough of watching.
struct Generation: Sendable {
  let workspace: Workspace
  let request: GenerationRequest
  /// An absolute path, where the exchange is to be written.
  let trace: String?

  private enum News: Sendable {
    case changed(JobStatus)
    case failed(any Error)
  }

  /// Blocks until the job is over. Ctrl-C ends the watching, not the job, and the program by that signal.
  /// - Throws: One sentence where nothing was sent or nothing more can be known.
  func run(asJSON: Bool) throws -> ExitStatus {
    // Before any thread starts, so that none of them takes the signal in the usual way.
    let signals = try Signals([.interrupt, .terminate, .hangUp, .quit])
    let pool = try WorkPool()
    let news = try Mailbox<News>()
    let price = PriceNote(request, workspace)
    let life = workspace.lifeProblem(
      of: workspace.choice.profile.namingFamily(of: request), at: workspace.choice.profile)
    let said = life.map { [$0.message] } ?? []
    var report = GenerationReport(
      asJSON: asJSON, price: price, said: Set(said), in: workspace.layout)
    for sentence in said { report.narrate(sentence) }
    report.narrate(price.sentence)
    Task.detached(executorPreference: pool) {
      do {
        let connection = ServiceConnection(workspace: workspace, pool: pool)
        try await follow(over: connection) { news.send(.changed($0)) }
      } catch {
        news.send(.failed(error))
      }
    }
    while true {
      _ = try Poll.wait(
        for: [signals.descriptor, news.descriptor], timeout: report.timeToNextUpdate)
      for item in news.drain() {
        switch item {
        case .changed(let status):
          if let end = report.take(status) { return end }
        case .failed(let error):
          report.close()
          throw error
        }
      }
      if let signal = try signals.drain().first { return report.interrupted(by: signal) }
      report.update()
    }
  }

  /// Hands the job to the service and tells every change of it, the last one included.
  private func follow(
    over connection: ServiceConnection, _ tell: @Sendable (JobStatus) -> Void
  ) async throws {
    let jobs = try await connection.submit(
      try await workspace.submission(request, provider: workspace.providerName, trace: trace))
    let ids = jobs.map(\.id)
    tell(.together(jobs))
    for await jobs in await connection.follow(ids, restarts: 2) {
      tell(.together(jobs))
      if jobs.allSatisfy(\.state.isFinal) { return }
    }
    let shown = ids.joined(separator: ", ")
    if let failure = await connection.failure {
      throw CommandFailure("job \(shown) was sent, but the service is gone: \(failure)")
    }
    throw CommandFailure(
      "the line to the service keeps breaking; 'darkroom jobs' tells what became of job \(shown)")
  }
}
