import App
import Gallery
import Glibc
import Jobs
import Posix
import Studio

extension Command {
  /// What the commands on one job start from.
  static func oneJob(_ arguments: Arguments) throws -> (Workspace, id: String) {
    guard arguments.operands.count == 1 else { throw UsageError("the id of one job is needed") }
    return (try Workspace(arguments), arguments.operands[0])
  }

  static let cancel = Command(
    name: "cancel", operands: "JOB", summary: "Ends a job early.",
    details: """
      A request that has left may still be drawn and billed; the answer says so. One that the provider
      has taken as a job of its own cannot be called back: its pictures are fetched all the same.
      """,
    options: [
      .flag("group", "and those it was asked for with, where its model draws one picture a request")
    ] + OptionSpec.common
  ) { arguments in
    let (workspace, id) = try oneJob(arguments)
    if arguments.has("group") { return try cancelGroup(of: id, workspace) }
    let job = try waiting { try await workspace.service().cancel(id) }
    Console.narrate("job \(job.id) is \(job.state.word). \(job.message ?? "")")
    return job.state == .cancelled ? .done : .failed
  }

  /// The last ones first: those that wait do not get the turns of those before them.
  private static func cancelGroup(of id: String, _ workspace: Workspace) throws -> ExitStatus {
    let jobs = try waiting {
      let client = try await workspace.service()
      let job = try await client.job(id)
      var jobs = try await client.jobs().filter {
        $0.id == job.id || $0.group != nil && $0.group?.id == job.group?.id
      }
      for place in jobs.indices.reversed() { jobs[place] = try await client.cancel(jobs[place].id) }
      return jobs
    }
    for job in jobs {
      Console.narrate("job \(job.id) is \(job.state.word). \(job.message ?? "")")
    }
    return jobs.allSatisfy { $0.state == .cancelled } ? .done : .failed
  }

  static let fetch = Command(
    name: "fetch", operands: "JOB",
    summary: "Fetches pictures of a job that were drawn and lost on the way; nothing is paid.",
    details: """
      Waits for the end of that, prints the paths of the pictures that came, and ends with status 0 where
      none is missing any more. Ctrl-C ends the waiting, not the fetching.
      With --raw it prints what the provider answered, where that could not be read: the bytes as they
      came, without the key; on a terminal what would disturb it is shown. They are kept until 'forget'
      puts the job aside or 'attach' has taken all pictures out of them.
      """,
    options: [.flag("raw", "print the answer that could not be read")] + OptionSpec.common
  ) { arguments in
    let (workspace, id) = try oneJob(arguments)
    if arguments.has("raw") { return try printRawReply(of: id, workspace) }
    let (job, pictures) = try waiting {
      try await ServiceConnection(workspace: workspace).fetch(id)
    }
    for picture in pictures {
      Console.print(Console.shown(path: workspace.layout.path(relative: picture.file)))
    }
    Console.narrate("job \(job.id) is \(job.state.word). \(job.message ?? "")")
    switch job.state {
    case .done: return .done
    case .partlyDone: return .partlyDone
    case .unknown: return .unknownOutcome
    case .cancelled where !job.missesPictures: return .done
    default: return .failed
    }
  }

  static let retry = Command(
    name: "retry", operands: "JOB",
    summary: "Sends the request of an earlier job once more, as a new job that is paid anew.",
    details: """
      Where the outcome of the earlier job is unknown, this decides it: it may have been drawn and
      billed all the same. Pictures that were drawn and are not here yet are fetched for free: sending
      such a job again takes --anew.
      """,
    options: [.flag("anew", "pay again for what was drawn and is not here yet")]
      + OptionSpec.provider + OptionSpec.common
  ) { arguments in
    let (workspace, id) = try oneJob(arguments)
    let job = try waiting {
      try await ServiceConnection(workspace: workspace)
        .retry(id, paysAnew: arguments.has("anew")) { Console.narrate($0) }
    }
    let price =
      workspace.isFree(providerNamed: job.provider)
      ? "free" : job.reserved.map { "at most \($0.shown)" } ?? "not known"
    Console.narrate("price: \(price)")
    Console.print(job.id)
    return .done
  }

  static let forget = Command(
    name: "forget", operands: "JOB",
    summary: "Puts a job aside whose outcome is unknown: nothing more is asked about it.",
    options: OptionSpec.common
  ) { arguments in
    let (workspace, id) = try oneJob(arguments)
    let job = try waiting { try await workspace.service().forget(id) }
    Console.narrate("job \(job.id): \(job.message ?? job.state.word)")
    return .done
  }

  private static func printRawReply(of id: String, _ workspace: Workspace) throws -> ExitStatus {
    let job = try waiting { try await workspace.service().job(id) }
    guard job.rawReply != nil, let name = JobID(job.id) else {
      throw StudioError(
        .notPossible,
        "No answer is kept of job \(job.id): one is kept only where it could not be read in whole, until the "
          + "job is decided.")
    }
    let layout = GalleryLayout(root: workspace.gallery)
    let reply = try FileSystem.readFile(layout.reply(to: name), limit: 128 << 20)
    guard ThisProcess.isTerminal(STDOUT_FILENO) else {
      Console.write(reply, to: STDOUT_FILENO)
      return .done
    }
    for line in reply.split(separator: 0x0A, omittingEmptySubsequences: false) {
      Console.print(Console.shown(printable(Array(line))))
    }
    return .done
  }

  static let attach = Command(
    name: "attach", operands: "JOB [FILE…]",
    summary: "Takes files in as the pictures of a job whose outcome was unknown: it did arrive.",
    details: """
      They are copied into the gallery with full records; their paths there are printed. Without files,
      pictures and addresses of pictures are taken out of the answer that is kept: see 'fetch --raw'.
      """,
    options: OptionSpec.common
  ) { arguments in
    guard !arguments.operands.isEmpty else {
      throw UsageError("the id of a job is needed, and the files of its pictures if they are here")
    }
    let workspace = try Workspace(arguments)
    let id = arguments.operands[0]
    let files = try arguments.operands.dropFirst().map { try Workspace.absolute($0) }
    let job = try waiting {
      let client = try await workspace.service(sends: files.isEmpty)
      let before = Set(try await client.job(id).pictures.map(\.id))
      var job = try await client.attach(id, files: files)
      job.members.removeAll { member in
        if case .saved(let picture) = member.outcome { before.contains(picture.id) } else { true }
      }
      return job
    }
    for picture in job.pictures {
      Console.print(Console.shown(path: workspace.layout.path(relative: picture.file)))
    }
    return .done
  }
}
