import App
import Gallery
import Jobs
import Posix
import Seedream
import Studio

extension Command {
  /// The jobs, those first that need a decision.
  static let jobs = Command(
    name: "jobs", operands: "",
    summary: "Lists jobs: what waits, what runs, what became of the rest.",
    details: """
      Unknown outcomes come first: their request was sent and no answer came, so that they may have
      been drawn and billed. 'retry' sends one again, 'forget' puts it aside, 'attach' takes in
      pictures that did arrive.
      """,
    options: [
      .flag("all", short: "a", "also those that ended more than a day ago"),
      .flag("json", "one JSON object a job"),
    ] + OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    let all = arguments.has("all")
    let (jobs, queue) = try waiting {
      let client = try await workspace.service()
      return (try await client.jobs(), try await client.queue())
    }
    let unresolved = jobs.filter(\.state.isUnresolved)
    let others = jobs.filter {
      !$0.state.isUnresolved && (all || $0.isOfToday || !$0.state.isFinal)
    }
    if arguments.has("json") {
      for job in unresolved + others {
        Console.print(JSONLine.text(job.withoutAddresses, in: workspace.layout))
      }
      return .done
    }
    tell(queue)
    list(unresolved: unresolved, queue) { workspace.isFree(providerNamed: $0.provider) }
    if !others.isEmpty { list(others, queue) }
    if unresolved.isEmpty, others.isEmpty {
      Console.narrate(all ? "there are no jobs" : "no jobs today; 'darkroom jobs --all' lists all")
    }
    return .done
  }

  private static func list(
    unresolved jobs: [JobStatus], _ queue: QueueStatus, isFree: (JobStatus) -> Bool
  ) {
    guard !jobs.isEmpty else { return }
    var rows = [
      ["JOB", "SENT", "STATE", "AT RISK", "PICTURES", "REQUEST ID", "PROVIDER", "PROMPT"]
    ]
    for job in jobs {
      rows.append([
        job.id, ShownTime.short(job.sent ?? job.submitted), job.state.word,
        isFree(job) ? "nothing" : job.atRisk?.shown ?? "not known",
        job.shownPictures, job.clientRequestID ?? "",
        "\(job.provider), \(job.modelName)", job.request.shownPrompt,
      ])
    }
    Console.table(rows)
    tellMessages(of: jobs, queue)
    let isFree = jobs.allSatisfy(isFree)
    Console.narrate(
      (isFree
        ? "They may have been drawn; nothing is paid for them. 'darkroom retry ID' sends one again, "
        : "They may have been drawn and billed. 'darkroom retry ID' sends one again and pays anew, ")
        + "'darkroom forget ID' puts it aside, 'darkroom attach ID FILE…' takes in pictures that "
        + "did arrive.")
    for job in jobs {
      guard let raw = job.rawReply else { continue }
      let part = raw.isWhole ? "" : "the beginning of "
      Console.narrate(
        "\(job.id): \(part)what the provider answered is kept, \(raw.byteCount) bytes: 'darkroom "
          + "fetch --raw \(job.id)' prints it, 'darkroom attach \(job.id)' takes pictures out of it."
      )
    }
  }

  private static func list(_ jobs: [JobStatus], _ queue: QueueStatus) {
    var rows = [["JOB", "SENT", "STATE", "PICTURES", "MODEL", "PROVIDER", "PROMPT"]]
    for group in jobs.grouped {
      var job = JobStatus.together(group)
      job.request.count = group.reduce(0) { $0 + $1.request.count }
      let others = group.count > 1 ? " +\(group.count - 1)" : ""
      rows.append([
        job.id + others, ShownTime.short(job.submitted), job.shownState,
        job.shownPictures, job.modelName, job.provider, job.request.shownPrompt,
      ])
    }
    Console.table(rows)
    tellMessages(of: jobs, queue)
  }

  /// Says why nothing is started, and what of the journal could not be read.
  static func tell(_ queue: QueueStatus) {
    for sentence in (queue.faults ?? []) + [queue.sentence].compactMap(\.self) {
      Console.narrate(sentence)
    }
  }

  /// What is to be said of jobs, each sentence once, but for what was said of the queue.
  static func tellMessages(of jobs: [JobStatus], _ queue: QueueStatus) {
    var sentences: [String] = []
    var ids: [String: [String]] = [:]
    for job in jobs {
      guard let message = job.message, queue.sentence?.contains(message) != true else { continue }
      if ids[message] == nil { sentences.append(message) }
      ids[message, default: []].append(job.id)
    }
    for sentence in sentences {
      Console.narrate("\(ids[sentence, default: []].joined(separator: ", ")): \(sentence)")
    }
  }
}

extension [JobStatus] {
  /// Jobs that were asked for together stand as one, where the first of them is.
  fileprivate var grouped: [[JobStatus]] {
    var seen: Set<String> = []
    return compactMap { job in
      guard let group = job.group else { return [job] }
      guard seen.insert(group.id).inserted else { return nil }
      return filter { $0.group?.id == group.id }
    }
  }
}

extension JobStatus {
  /// `3 of 4`, `1 +4 layers`: how many came of how many at most; nobody knows before how many layers there are.
  fileprivate var shownPictures: String {
    let count = pictures.count
    guard request.layers else { return "\(count) of \(request.count)" }
    return count > 1 ? "1 +\(count - 1) \(count == 2 ? "layer" : "layers")" : "\(count)"
  }

  fileprivate var isOfToday: Bool { SystemClock.secondsSince1970 - submitted < 86_400 }
}

extension GenerationRequest {
  /// The prompt on one line.
  var shownPrompt: String { prompt.replacing("\n", with: " ") }
}

extension QueueStatus {
  /// Why nothing is started; nil while the queue moves.
  var sentence: String? {
    if let trouble { return trouble }
    return isPaused ? "The queue is paused; 'darkroom queue resume' lets it go on." : nil
  }
}
