import FoundationEssentials
import Posix
import TestSupport

/// A round under way.
struct Course {
  let round: Round
  let plan: RoundPlan
  let home: Home
  let relay: Relay
  let gallery: MountedGallery?
  var random: SplitMix
  private var sends = 0
  private var running: [Running] = []
  /// Whether replies may have been cut off before they were read.
  var isInterrupted = false

  init(
    round: Round, plan: RoundPlan, home: Home, relay: Relay, gallery: MountedGallery?,
    random: SplitMix
  ) {
    self.round = round
    self.plan = plan
    self.home = home
    self.relay = relay
    self.gallery = gallery
    self.random = random
  }

  /// Only against a wait for ever: the pauses of a storm add up to minutes.
  private static let patience = Duration.seconds(300)

  mutating func run() throws -> Judgement {
    switch round.kind {
    case .service: try killServices()
    case .frontEnd: try killFrontEnd()
    case .cut, .address, .picture, .odd: try send(plan.sends)
    case .storm:
      try send(plan.sends)
      try interfere()
    case .stall: try stall()
    case .fullDisk: try fillDisk()
    case .readOnly: try makeReadOnly()
    case .vanished: try takeGalleryAway()
    case .clock: try setClockBack()
    case .poll: try failPolls()
    case .retry:
      if let judgement = try askThroughGateway() { return judgement }
    }
    for process in running where process.end(within: Self.patience) == nil {
      throw TestFailure("'darkroom generate' did not end; it said: \(process.said)")
    }
    var jobs = try settle()
    if Bool.random(using: &random), let lost = jobs.first(where: { $0.state == "unknown" }) {
      // A user's key press: it may be sent and paid once more.
      if try home.run(["retry", lost.id]).status.isSuccess { sends += 1 }
      jobs = try settle()
    }
    return try judge(jobs)
  }

  // MARK: What a user does

  mutating func send(_ requests: some Sequence<Send>) throws {
    for request in requests {
      sends += 1
      running.append(try home.start(request.words, log: "generate-\(sends).log"))
    }
  }

  /// Kills the service, has it end, or cancels everything, at any moment; or leaves it alone.
  mutating func interfere() throws {
    pause(upTo: 400)
    switch Int.random(in: 0...4, using: &random) {
    case 0:
      isInterrupted = true
      home.killServices()
    case 1:
      running.append(try home.start(["service", "--stop"], log: "stop.log"))
    case 2, 3:
      isInterrupted = true
      running.append(try home.start(["queue", "cancel"], log: "cancel.log"))
    default: break
    }
  }

  mutating func pressed(_ times: Int = 1) { sends += times }

  mutating func pause(upTo milliseconds: Int) {
    let pause = Duration.milliseconds(Int.random(in: 0...milliseconds, using: &random))
    _ = try? Poll.wait(for: [], timeout: pause)
  }

  func wait(_ duration: Duration) { _ = try? Poll.wait(for: [], timeout: duration) }

  func jobs() throws -> [JobLine] {
    let outcome = try home.run(["jobs", "--all", "--json"])
    guard outcome.status.isSuccess else {
      throw TestFailure("'darkroom jobs' failed: \(outcome.narration)")
    }
    return JobLine.all(in: outcome.output)
  }

  /// Asks until no job is under way any more, starting the service where there is none.
  private func settle() throws -> [JobLine] {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      let jobs = try jobs()
      if jobs.allSatisfy(\.isOver) { return jobs }
      guard ContinuousClock.now < deadline else {
        let states = jobs.map { "\($0.id) \($0.state)" }.joined(separator: ", ")
        throw TestFailure("the queue does not come to rest: \(states)")
      }
      wait(.milliseconds(40))
    }
  }

  // MARK: What is left

  private func judge(_ jobs: [JobLine]) throws -> Judgement {
    var jobs = jobs
    var auditor = Auditor(
      home: home, relay: relay, sandboxPort: round.stage.sandboxPort,
      servicesLived: round.kind != .service && round.kind != .clock && !isInterrupted,
      addressesAreDead: plan.addressesAreDead, unsentStates: round.kind.unsentStates)
    var judgement = auditor.judge(sends: sends, jobs: jobs)
    // What failed to be fetched is fetched again after a minute by itself, or now if asked.
    var tries = 0
    while judgement.arrived > judgement.kept, tries < 4 {
      for job in jobs { _ = try home.run(["fetch", job.id]) }
      jobs = try settle()
      judgement = auditor.judge(sends: sends, jobs: jobs)
      tries += 1
    }
    judgement.faults += try CostAudit(
      home, relay, isTold: round.kind.tellsCost && !isInterrupted
    ).faults
    _ = try home.run(["service", "--stop"])
    let mended = try home.run(["reindex"])
    // Parts of pictures whose outcome nobody knows are kept on purpose, and said to be there.
    let isOpen = jobs.contains { $0.state != "done" }
    let lines = mended.narration.split(separator: "\n").filter { line in
      !isOpen || !line.hasSuffix("was left by a writer that died")
    }
    if !mended.status.isSuccess || !lines.isEmpty {
      judgement.faults.append("reindex: \(lines.prefix(5))")
    }
    if mended.output != "\(judgement.kept) pictures\n" {
      judgement.faults.append("reindex counts \(mended.output.split(separator: "\n"))")
    }
    return judgement
  }
}
