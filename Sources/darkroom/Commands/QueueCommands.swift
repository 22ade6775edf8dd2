import App
import Jobs
import Seedream
import Settings
import Studio

extension Command {
  /// The queue as a whole.
  static let queue = Command(
    name: "queue", operands: "[pause|resume|cancel]",
    summary: "Shows what waits in its order; pauses the queue, lets it go on, cancels all jobs.",
    details: """
      A paused queue sends nothing, also after a restart; what is under way goes on. 'cancel' ends
      every job that is not over: one whose request has left may still be billed, and says so.
      """,
    options: OptionSpec.provider + OptionSpec.common
  ) { arguments in
    let verb = arguments.operands.first ?? ""
    guard arguments.operands.count <= 1, ["", "pause", "resume", "cancel"].contains(verb) else {
      throw UsageError(
        "'\(arguments.operands.joined(separator: " "))' is none of pause, resume, cancel")
    }
    let workspace = try Workspace(arguments)
    switch verb {
    case "cancel": return try cancelAll(workspace)
    case "pause": _ = try waiting { try await workspace.service().pause() }
    case "resume": _ = try waiting { try await workspace.service(sends: true).resume() }
    default: break
    }
    return try showQueue(workspace)
  }

  private static func cancelAll(_ workspace: Workspace) throws -> ExitStatus {
    let jobs = try waiting { try await workspace.service().cancelAll() }
    if jobs.isEmpty { Console.narrate("nothing is queued or running") }
    for job in jobs { Console.narrate("\(job.id) is \(job.state.word). \(job.message ?? "")") }
    return .done
  }

  private static func showQueue(_ workspace: Workspace) throws -> ExitStatus {
    let (queue, jobs) = try waiting {
      let client = try await workspace.service()
      return (try await client.queue(), try await client.jobs())
    }
    let running = jobs.filter { !$0.state.isFinal && $0.state.place == nil }
    let waiting = jobs.filter { $0.state.place != nil }
      .sorted { ($0.state.place ?? 0) < ($1.state.place ?? 0) }
    tell(queue)
    guard !running.isEmpty || !waiting.isEmpty else {
      Console.narrate("nothing is queued or running")
      return .done
    }
    var rows = [["PLACE", "JOB", "STATE", "PICTURES", "MODEL", "PROVIDER", "PROMPT"]]
    for job in running + waiting {
      rows.append([
        job.state.place.map { "\($0 + 1)" } ?? "", job.id,
        job.state.needsKey ? "needs key" : job.state.word,
        "\(job.request.count)", job.modelName, job.provider, job.request.shownPrompt,
      ])
    }
    Console.table(rows)
    tellMessages(of: running + waiting, queue)
    return .done
  }

  /// Another place in the queue.
  static let move = Command(
    name: "move", operands: "JOB", summary: "Gives a job that waits another place in the queue.",
    options: [
      .value("before", "JOB", "the job it is to come before"),
      .flag("first", "before all others"),
      .flag("last", "behind all others"),
    ] + OptionSpec.common
  ) { arguments in
    let (workspace, id) = try oneJob(arguments)
    let ways = ["before", "first", "last"].filter(arguments.has)
    guard ways.count == 1 else { throw UsageError("one of --before, --first and --last is needed") }
    let before = arguments["before"]
    let isFirst = arguments.has("first")
    let job = try waiting {
      let client = try await workspace.service()
      let first = isFirst ? try await client.jobs().first { $0.state.place == 0 }?.id : nil
      return try await client.move(id, before: before ?? first)
    }
    Console.narrate("job \(job.id) is number \((job.state.place ?? 0) + 1) of those that wait")
    return .done
  }

  /// Another request in the place of one that waits.
  static let edit = Command(
    name: "edit", operands: "JOB [PROMPT…]",
    summary: "Changes the request of a job that waits; what is not given stays as it is.",
    details:
      "The request is checked as a new one is. The provider stays: cancel and send anew for that.",
    options: GenerateOptions.specs + [
      .flag("no-refs", "without its references")
    ] + OptionSpec.common
  ) { arguments in
    guard let id = arguments.operands.first else { throw UsageError("the id of a job is needed") }
    let workspace = try Workspace(arguments)
    let earlier = try waiting { try await workspace.service(sends: true).job(id) }
    let request = try GenerateOptions(arguments, workspace)
      .edited(earlier.request, words: Array(arguments.operands.dropFirst()))
    let job = try waiting {
      try await ServiceConnection(workspace: workspace).edit(earlier, request)
    }
    for notice in job.notices { Console.narrate(notice) }
    Console.narrate("job \(job.id) was changed and waits for its turn")
    return .done
  }
}
