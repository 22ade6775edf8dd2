import Posix
import Seedream
import Studio

extension Command {
  /// The queue.
  static let jobs = Command(
    name: "jobs", operands: "",
    summary: "Lists jobs: what waits, what runs, what became of the rest.",
    options: [
      .flag("all", short: "a", "also those that ended more than a day ago"),
      .flag("json", "one JSON object a job"),
    ] + OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    let all = arguments.has("all")
    let jobs = try waiting { try await workspace.service().jobs() }
      .filter { all || SystemClock.secondsSince1970 - $0.submitted < 86_400 || !$0.state.isFinal }
    if arguments.has("json") {
      for job in jobs { Console.print(JSONLine.text(job)) }
      return .done
    }
    if jobs.isEmpty {
      Console.narrate(all ? "there are no jobs" : "no jobs today; 'darkroom jobs --all' lists all")
      return .done
    }
    var rows = [["JOB", "SENT", "STATE", "PICTURES", "MODEL", "PROVIDER", "PROMPT"]]
    for job in jobs {
      rows.append([
        job.id, ShownTime.short(job.submitted), job.state.rawValue,
        "\(job.pictures.count) of \(job.request.count)", job.modelName, job.provider,
        job.request.prompt.replacing("\n", with: " "),
      ])
    }
    Console.table(rows)
    for job in jobs {
      if let message = job.message { Console.narrate("\(job.id): \(message)") }
    }
    return .done
  }

  /// What the commands on one job start from.
  private static func oneJob(_ arguments: Arguments) throws -> (Workspace, id: String) {
    guard arguments.operands.count == 1 else { throw UsageError("the id of one job is needed") }
    return (try Workspace(arguments), arguments.operands[0])
  }

  static let cancel = Command(
    name: "cancel", operands: "JOB", summary: "Ends a job early.",
    details: "A request that has left may still be drawn and billed; the answer says so.",
    options: OptionSpec.common
  ) { arguments in
    let (workspace, id) = try oneJob(arguments)
    let job = try waiting { try await workspace.service().cancel(id) }
    Console.narrate("job \(job.id) is \(job.state.rawValue). \(job.message ?? "")")
    return job.state == .cancelled ? .done : .failed
  }

  static let fetch = Command(
    name: "fetch", operands: "JOB",
    summary: "Fetches pictures of a job that were drawn and lost on the way; nothing is paid.",
    options: OptionSpec.common
  ) { arguments in
    let (workspace, id) = try oneJob(arguments)
    let job = try waiting { try await workspace.service().fetch(id) }
    Console.narrate("job \(job.id) is \(job.state.rawValue). \(job.message ?? "")")
    return .done
  }

  static let retry = Command(
    name: "retry", operands: "JOB",
    summary: "Sends the request of an earlier job once more, as a new job that is paid anew.",
    options: OptionSpec.common
  ) { arguments in
    let (workspace, id) = try oneJob(arguments)
    let job = try waiting { try await workspace.retry(id) }
    Console.print(job.id)
    return .done
  }
}
