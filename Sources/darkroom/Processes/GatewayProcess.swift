import App
import Gateway
import Posix
import Sandbox
import Seedream
import Settings

/// The gateway as a process: starts it, and the sandbox where that is the provider, and sleeps until it is
/// asked to end.
enum GatewayProcess {
  private enum Event: Sendable { case drained }

  static func run(
    _ workspace: Workspace, on address: ListenAddress, options: GatewayOptions, records: Bool
  ) throws -> ExitStatus {
    let signals = try Signals([.terminate, .interrupt, .hangUp, .quit])
    try ProcessLimits.check()
    let recorder = records ? try waiting { try await Recorder(workspace) } : nil
    let (upstream, sandbox) = try upstream(workspace, records: records)
    var options = options
    options.notices = workspace.lifeNoticesOfNow(at: workspace.choice.profile)
    let gateway = try Gateway(
      on: address, upstream: upstream, recorder: recorder, options: options,
      log: { Console.narrate($0) })
    defer {
      gateway.stop()
      sandbox?.stop()
    }
    let audience =
      address.isLoopback
      ? options.keys == nil
        ? "programs of this machine" : "programs of this machine that have a key"
      : "whoever has a key"
    Console.narrate(
      "darkroom listens on \(gateway.baseURL) for \(audience), in front of '\(upstream.name)' "
        + "(\(workspace.choice.reason.description))"
        + (records ? "; pictures are kept in \(workspace.gallery)" : ""))
    if let sentence = gateway.modelSentence { Console.narrate(sentence) }
    return try serve(gateway, signals)
  }

  private static func serve(_ gateway: Gateway, _ signals: borrowing Signals) throws -> ExitStatus {
    let mailbox = try Mailbox<Event>()
    var isEnding = false
    var status = ExitStatus.done
    while true {
      _ = try Poll.wait(for: [signals.descriptor, mailbox.descriptor])
      if !mailbox.drain().isEmpty { return status }
      guard let signal = try signals.drain().first else { continue }
      // Whoever asks twice does not want to wait.
      if isEnding { return .signalled(signal) }
      isEnding = true
      // SIGTERM is how a gateway is asked to end; Ctrl-C is meant for the loop around it as well. Whichever it is,
      // what was sent is paid for and is waited for.
      if signal != .terminate { status = .signalled(signal) }
      Console.narrate("darkroom ends when what is under way has been answered")
      Task.detached {
        await gateway.drain()
        mailbox.send(.drained)
      }
    }
  }

  /// - Parameter records: The service asks the provider then, and has a sandbox of its own.
  private static func upstream(
    _ workspace: Workspace, records: Bool
  ) throws -> (Upstream, SandboxServer?) {
    let profile = workspace.choice.profile
    let address = workspace.baseURL ?? profile.baseURL
    guard var dialect = profile.effectiveDialect(at: address) else {
      throw CommandFailure("there is no dialect '\(profile.dialect)'")
    }
    dialect.standardModel = workspace.standardFamily(of: profile) ?? dialect.standardModel
    if records {
      return (
        Upstream(name: profile.name, dialect: dialect, isSandbox: profile.isSandbox), nil
      )
    }
    guard !profile.isSandbox else {
      // Other users of the machine reach its port too.
      let key = Randomness.hexadecimal(byteCount: 16)
      let sandbox = try SandboxServer(options: SandboxOptions(key: key))
      dialect.baseURL = sandbox.baseURL
      dialect.authentication = .bearer
      return (Upstream(name: profile.name, dialect: dialect, key: key, isSandbox: true), sandbox)
    }
    let key = try waiting {
      try await profile.resolveKey(for: address, hiding: workspace.settings.keyVariables)
    }
    return (Upstream(name: profile.name, dialect: dialect, key: key.secret?.reveal()), nil)
  }
}

extension Workspace {
  /// The model of a request that names none: the profile's, or what the environment says; else the
  /// provider's own.
  var modelForGateway: String? {
    if let model = choice.profile.model { return model }
    let variable = Environment.value("SEEDREAM_MODEL_ID") ?? ""
    return variable.isEmpty ? settings.model : variable
  }
}
