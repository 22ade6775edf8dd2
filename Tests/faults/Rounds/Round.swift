import FoundationEssentials
import Posix
import TestSupport

/// One round: a fresh gallery, some jobs, something that goes wrong, and what is left of it all.
struct Round: Sendable {
  let kind: RoundKind
  let seed: UInt64
  let stage: Stage

  /// What all rounds have in common.
  struct Stage: Sendable {
    /// The path of `darkroom`.
    var program: String
    /// The path of the library that sets the clock.
    var clock: String
    var sandboxPort: Int
  }

  /// Plays the round. The home is kept when something is wrong, and the judgement says where it is.
  func play() -> Judgement {
    var random = SplitMix(state: seed)
    let plan = RoundPlan(kind, using: &random)
    var judgement = Judgement()
    var kept = "no home was made"
    do {
      let relay = try Relay(sandboxPort: stage.sandboxPort, manners: plan.manners)
      defer { relay.close() }
      let home = try Home(
        program: stage.program, port: relay.port, dialect: kind == .poll ? "pixazo" : "ark",
        clock: kind == .clock ? stage.clock : nil)
      kept = home.path
      let gallery = try kind.needsMount ? MountedGallery(home, kilobytes: plan.kilobytes) : nil
      defer { gallery?.remove() }
      var course = Course(
        round: self, plan: plan, home: home, relay: relay, gallery: gallery, random: random)
      do {
        judgement = try course.run()
      } catch {
        judgement.faults.append("\(error)")
      }
      if !judgement.faults.isEmpty { gallery?.saveCopy() }
      home.killServices()
      if judgement.faults.isEmpty {
        gallery?.remove()
        home.remove()
      }
    } catch {
      judgement.faults.append("\(error)")
    }
    if !judgement.faults.isEmpty {
      judgement.faults.insert(
        "\(kind.title): again with --kind \(kind.rawValue) --rounds 1 --seed \(seed); kept in \(kept)",
        at: 0)
    }
    return judgement
  }
}
