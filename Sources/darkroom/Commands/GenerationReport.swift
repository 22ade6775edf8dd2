import Gallery
import Interface
import Jobs
import Posix
import Seedream
import Studio

/// What `darkroom generate` says of its job: every picture once on standard output, everything else on
/// standard error.
struct GenerationReport {
  private let asJSON: Bool
  private let price: PriceNote
  private var progress = ProgressLine()
  private var printed: Set<String> = []
  private var job: JobStatus?
  /// Notices that were given before the job was handed over.
  private let said: Set<String>
  private let gallery: GalleryLayout

  init(asJSON: Bool, price: PriceNote, said: Set<String> = [], in gallery: GalleryLayout) {
    self.asJSON = asJSON
    self.gallery = gallery
    self.said = said
    self.price = price
  }

  /// Takes in what is known of the job now.
  /// - Returns: How the program ends, once the job is over.
  mutating func take(_ status: JobStatus) -> ExitStatus? {
    if job == nil {
      let others = status.group.map { " and \($0.size - 1) more, one picture each" } ?? ""
      narrate("job \(status.id)\(others): \(status.modelName) by \(status.provider)")
    }
    for notice in status.notices.dropFirst(job?.notices.count ?? 0) where !said.contains(notice) {
      narrate(notice)
    }
    if let message = status.message, !status.state.isFinal, message != job?.message {
      narrate(message)
    }
    job = status
    for picture in inOrder(status) where printed.insert(picture.id).inserted {
      progress.clear()
      Console.print(
        asJSON
          ? JSONLine.text(priced(picture), in: gallery)
          : Console.shown(path: gallery.path(relative: picture.file)))
    }
    return status.state.isFinal ? end(status) : nil
  }

  private func priced(_ picture: SavedPicture) -> PricedPicture {
    PricedPicture(
      picture: picture, price: price.price(width: picture.width, height: picture.height))
  }

  /// The saved pictures that no earlier one of the set can come before any more: a script reads them in
  /// the order the prompt means.
  private func inOrder(_ status: JobStatus) -> [SavedPicture] {
    if status.state.isFinal { return status.pictures }
    var next = 0
    return status.members.prefix { member in
      defer { next += 1 }
      if case .arriving = member.outcome { return false }
      return member.index == next
    }.compactMap {
      if case .saved(let picture) = $0.outcome { picture } else { nil }
    }
  }

  /// The user does not want to wait; the job goes on.
  mutating func interrupted(by signal: Signal) -> ExitStatus {
    if let job {
      let (others, words, what, goes) =
        job.group.map { (" and \($0.size - 1) more", "--group ", "them", "go") }
        ?? ("", "", "it", "goes")
      narrate(
        "job \(job.id)\(others) \(goes) on in the service; 'darkroom cancel \(words)\(job.id)' ends "
          + "\(what), 'darkroom jobs' shows \(what)")
    } else {
      narrate("interrupted before the job had a name; 'darkroom jobs' tells whether it was taken")
    }
    return .signalled(signal)
  }

  /// Says something on a line of its own.
  mutating func narrate(_ line: String) {
    progress.clear()
    Console.narrate(line)
  }

  /// Leaves the terminal to what comes next.
  mutating func close() { progress.clear() }

  // MARK: Progress

  /// How long until the elapsed time reads differently; nil while nothing is shown.
  var timeToNextUpdate: Duration? {
    guard progress.isPossible, job?.sent != nil else { return nil }
    let elapsed = elapsed
    return .seconds(elapsed.rounded(.down) + 1 - elapsed)
  }

  /// Shows where the job stands.
  mutating func update() {
    guard progress.isPossible, let job else { return }
    var line = "\(job.state.word) \(Wording.duration(elapsed))"
    if let usual = job.usualSeconds { line += " of ~\(Wording.duration(usual))" }
    if job.request.count > 1 { line += ", \(job.pictures.count) of \(job.request.count) pictures" }
    progress.show(line)
  }

  /// Seconds since the request left, or since it was handed in.
  private var elapsed: Double {
    max(0, SystemClock.secondsSince1970 - (job?.sent ?? job?.submitted ?? 0))
  }

  // MARK: The end

  private mutating func end(_ status: JobStatus) -> ExitStatus {
    var message = status.state == .partlyDone ? nil : status.message
    for member in status.members {
      guard case .refused(let code, let words, let requestID) = member.outcome else { continue }
      let support = requestID.map { " (request \($0))" } ?? ""
      narrate("picture \(member.index + 1) was refused: \(words) [\(code)]\(support)")
      if message?.hasSuffix(words) == true { message = nil }
    }
    progress.clear()
    // Where the price that was said at the start is what it cost, it is not said twice, unless nobody expects it.
    let isPlain = status.state == .done && status.cost == price.most
    if let cost = status.cost, !isPlain, cost.millionths > 0 || status.state == .done {
      narrate("cost: \(cost.shown)")
    }
    let lost = status.members.count { if case .lost = $0.outcome { true } else { false } }
    if lost > 1 { narrate("\(lost) pictures were drawn and are not here.") }
    if let message { narrate(message) }
    if status.missesPictures {
      narrate(
        "The service goes on fetching what was drawn; 'darkroom fetch \(status.id)' does it now, and nothing is "
          + "paid for it.")
    }
    return switch status.state {
    case .done: .done
    case .partlyDone: .partlyDone
    case .unknown: .unknownOutcome
    default: .failed
    }
  }
}

/// A picture as `--json` tells it: its facts, and what it cost where prices are known.
private struct PricedPicture: Encodable {
  var picture: SavedPicture
  var price: Price?

  private enum CodingKeys: String, CodingKey {
    case price
  }

  func encode(to encoder: any Encoder) throws {
    try picture.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(price, forKey: .price)
  }
}
