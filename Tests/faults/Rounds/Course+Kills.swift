import Glibc
import TestSupport

extension Course {
  /// Kills the service once or twice at any moment; the next command starts another.
  mutating func killServices() throws {
    try send(plan.sends)
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      pause(upTo: 700)
      home.killServices()
      if Bool.random(using: &random) { _ = try jobs() }
    }
  }

  /// Ends the front end while its job runs: as it stands, or because its line broke.
  mutating func killFrontEnd() throws {
    let session = try home.open()
    for send in plan.sends {
      try session.type(send.prompt)
      pressed()
      try session.type("\u{1B}\r")
    }
    // Until the request is on its way; then at any moment.
    try session.waitFor("the request at the provider") { _ in
      !relay.orders.isEmpty
    }
    let moment = ContinuousClock.now + .milliseconds(Int.random(in: 0...400, using: &random))
    while ContinuousClock.now < moment { session.pump(timeout: .milliseconds(20)) }
    session.send(signal: Bool.random(using: &random) ? SIGKILL : SIGHUP)
    _ = try session.waitForEnd()
  }

  /// A server that says nothing for a while; the user may have enough of it.
  mutating func stall() throws {
    try send(plan.sends)
    guard Int.random(in: 0...2, using: &random) == 0 else { return }
    pause(upTo: 500)
    isInterrupted = true
    for job in try jobs() where !job.isOver { _ = try home.run(["cancel", job.id]) }
  }

  /// Sets the clock back under a service that runs, or between two.
  mutating func setClockBack() throws {
    let half = plan.sends.count / 2
    try send(plan.sends[..<half])
    pause(upTo: 300)
    if Bool.random(using: &random) { home.killServices() }
    let seconds = [90, 3600, 86_400, 3_456_000].randomElement(using: &random) ?? 90
    try home.write("-\(seconds)", to: "clock")
    try send(plan.sends[half...])
    pause(upTo: 300)
    if Bool.random(using: &random) { home.killServices() }
  }
}
