import App
import Gallery
import Glibc
import HTTP
import Posix
import Settings
import Studio

/// The service as a process: opens the gallery, listens, and ends when it is idle or asked to.
struct ServiceProcess: ~Copyable {
  private enum Event: Sendable {
    case stopAsked
    case drained
  }

  private let studio: Studio
  private let signals: Signals
  private let mailbox: Mailbox<Event>
  private var endpoint: ServiceEndpoint
  private var isEnding = false

  private init(
    studio: Studio, signals: consuming Signals, mailbox: Mailbox<Event>,
    endpoint: consuming ServiceEndpoint
  ) {
    self.studio = studio
    self.signals = signals
    self.mailbox = mailbox
    self.endpoint = endpoint
  }

  /// - Parameters:
  ///   - idleMilliseconds: How long nothing must happen before the service ends by itself.
  ///   - readyDescriptor: Where a `StartupResult` is awaited; closed when there is nothing to report.
  static func run(
    _ workspace: Workspace, idleMilliseconds: Int64, readyDescriptor: Int32?
  ) throws -> ExitStatus {
    let signals = try Signals([.terminate, .interrupt, .quit, .hangUp])
    let log = ServiceLog(workspace.paths, isDetached: readyDescriptor != nil)
    var process: ServiceProcess
    do {
      try ProcessLimits.check()
      let mailbox = try Mailbox<Event>()
      let studio = try studio(workspace)
      let endpoint = try ServiceEndpoint(workspace, studio) { mailbox.send(.stopAsked) }
      process = ServiceProcess(
        studio: studio, signals: signals, mailbox: mailbox, endpoint: endpoint)
    } catch {
      let sentence = Failures.sentence(error)
      let isInUse = (error as? StudioError)?.code == .inUse
      if let readyDescriptor {
        tell(StartupResult(sentence, isGalleryInUse: isInUse), on: readyDescriptor)
      }
      log.write(sentence)
      return .failed
    }
    if let readyDescriptor { close(readyDescriptor) }
    process.studio.log { log.write($0) }
    for fault in process.studio.faults { log.write(fault) }
    log.write("service of \(workspace.gallery) is ready, process \(ThisProcess.identifier)")
    let status = try process.serve(idleMilliseconds, log)
    process.endpoint.close()
    log.write("service of \(workspace.gallery) has ended")
    return status
  }

  /// Whoever started the service may have gone.
  private static func tell(_ report: StartupResult, on descriptor: Int32) {
    try? FileDescriptor(owning: descriptor).write(Array(report.text.utf8))
  }

  private static func studio(_ workspace: Workspace) throws -> Studio {
    let gallery = workspace.gallery
    let catalogue = workspace.catalogue
    return try waiting {
      try await Studio(
        gallery: gallery, catalogue: catalogue, program: Version.program,
        options: StudioOptions(
          parallel: workspace.parallelJobs, reducer: workspace.reducer,
          stateDirectory: workspace.paths.stateDirectory,
          keys: { await workspace.keyOfConfiguration(for: $0) },
          budget: { () async throws(StudioError) in try workspace.currentBudget() }))
    }
  }

  /// Sleeps until it is time to end. A hangup of the terminal is no reason: requests outlive it.
  private mutating func serve(
    _ idleMilliseconds: Int64, _ log: ServiceLog
  ) throws -> ExitStatus {
    var status = ExitStatus.done
    while true {
      let quiet = studio.quietMilliseconds
      if !isEnding, quiet >= idleMilliseconds,
        try waiting({ [studio] in await studio.closeIfAtRest() })
      {
        return status
      }
      // Whatever keeps it from ending may last: then once more after as long.
      let rest = quiet < idleMilliseconds ? idleMilliseconds - quiet : idleMilliseconds
      _ = try Poll.wait(
        for: [signals.descriptor, mailbox.descriptor] + endpoint.descriptors,
        timeout: isEnding ? nil : .milliseconds(rest))
      endpoint.reopenIfGone()
      let signal = try signals.drain().first { $0 != .hangUp }
      // SIGTERM is how a service is asked to end; Ctrl-C is meant for the loop around it as well.
      if let signal, signal != .terminate { status = .signalled(signal) }
      for event in mailbox.drain() + (signal == nil ? [] : [.stopAsked]) {
        switch event {
        case .drained: return status
        case .stopAsked: end(log)
        }
      }
    }
  }

  /// Ends when everything is on a disk; however often it is asked, it waits for that.
  private mutating func end(_ log: ServiceLog) {
    guard !isEnding else { return }
    isEnding = true
    if let warning = studio.warning { log.write("asked to end, and waits for a disk: \(warning)") }
    Task.detached { [studio, mailbox] in
      await studio.drain()
      mailbox.send(.drained)
    }
  }
}
