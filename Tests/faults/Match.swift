import FoundationEssentials
import Posix
import Sandbox
import Synchronization
import TestSupport

/// All rounds, several at a time.
struct Match {
  private let options: Options
  private let program: String
  private let clock: String

  init(_ options: Options) throws {
    self.options = options
    program = try options.program ?? BuiltProgram.path("darkroom")
    let own = try FileSystem.realPath("/proc/self/exe")
    clock = FileSystem.parent(of: own) + "/libSkewedClock.so"
  }

  /// What the players share.
  private struct State {
    var table = Table()
    var waiting: [(RoundKind, UInt64)] = []
  }

  func play() throws -> Table {
    var state = State()
    for kind in RoundKind.allCases {
      let number = options.number(of: kind)
      guard number > 0 else { continue }
      if let reason = obstacle(to: kind) {
        state.table.skip(kind, because: reason)
      } else {
        state.waiting += (0..<number).map { (kind, options.seed &+ UInt64($0)) }
      }
    }
    Report.write("faults: \(state.waiting.count) rounds, seed \(options.seed)")
    // The slow ones first, so that none is left over at the end.
    state.waiting.sort { $0.0.needsMount && !$1.0.needsMount }
    let shared = Shared(state)
    let players = try (0..<options.players).map { _ in try Player(program, clock, shared) }
    for player in players { player.wait() }
    return shared.state.withLock(\.table)
  }

  /// Why rounds of a kind cannot be played here.
  private func obstacle(to kind: RoundKind) -> String? {
    if kind.needsMount, !MountedGallery.isPermitted {
      return "it needs root or a user namespace to mount a file system"
    }
    if kind == .clock, !FileSystem.exists(clock) { return "\(clock) is not built" }
    return nil
  }

  private final class Shared: Sendable {
    let state: Mutex<State>

    init(_ state: sending State) { self.state = Mutex(state) }
  }

  /// Plays one round after another on a thread of its own, with a sandbox of its own.
  private final class Player: Sendable {
    private let thread: Mutex<WorkThread?>

    init(_ program: String, _ clock: String, _ shared: Shared) throws {
      let sandbox = try SandboxServer()
      let port = URL(string: sandbox.baseURL)?.port ?? 0
      let stage = Round.Stage(program: program, clock: clock, sandboxPort: port)
      thread = Mutex(
        try WorkThread {
          while let (kind, seed) = shared.state.withLock({ state in
            state.waiting.isEmpty ? nil : state.waiting.removeFirst()
          }) {
            let judgement = Round(kind: kind, seed: seed, stage: stage).play()
            for fault in judgement.faults { Report.write(fault) }
            shared.state.withLock { $0.table.add(judgement, of: kind) }
          }
          sandbox.stop()
        })
    }

    func wait() {
      guard let thread = thread.withLock({ $0.take() }) else { return }
      thread.join()
    }
  }
}
