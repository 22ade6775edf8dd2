import App
import Gateway
import Settings

extension Command {
  /// The gateway: other programs draw through it.
  static let serve = Command(
    name: "serve", operands: "",
    summary: "Serves the provider, or the sandbox, to other programs over HTTP.",
    details: """
      Answers POST /byteplus-generate, /api/v3/images/generations, /v1/images/generations and
      /byteplus/v1/getEditMultiImage; GET /docs describes them. The provider's key stays here. An
      address beyond this machine needs --require-key-file: a file of yours alone (chmod 600), a
      key a line. Without one it answers only to names of this machine, and to those that --host
      tells: a page of the web may have a name that leads here. With --record every request becomes a
      job of the gallery's service, as one of 'generate' does: kept with its record, within the
      budget, finished though the client has gone. A client that asks again by itself gets the job of
      its first try: one that its library counts as a further try, and, but for --no-join, one that
      equals a request of the same client under way. Several gateways may record in one gallery.
      SIGTERM lets what is under way end; a second one does not wait.
      """,
    options: [
      .value("listen", "ADDRESS", "where it listens; else 127.0.0.1:8003"),
      .value("require-key-file", "FILE", "only who has one of these keys is served"),
      .value(
        "host", "NAME", repeatable: true,
        "a name it is called by, behind a proxy; needed where there are no keys"),
      .flag("record", "keep every picture in the gallery, through its service"),
      .flag("no-join", "equal requests of a client are never taken for one"),
      .value("max-body", "MB", "the largest body of a request; else 64"),
      .value(
        "connections-per-address", "N", "how many one address may have open; else 3072 of all 4096"),
    ] + OptionSpec.provider + OptionSpec.common
  ) { arguments in
    if let word = arguments.operands.first {
      throw UsageError("'\(word)' is not expected here")
    }
    var address = ListenAddress.standard
    if let text = arguments["listen"] {
      guard let given = ListenAddress(text) else {
        throw UsageError("option --listen: '\(text)' is not HOST:PORT")
      }
      address = given
    }
    let megabytes = try arguments.integer("max-body", in: 1...1024) ?? 64
    let perAddress = try arguments.integer("connections-per-address", in: 1...4096)
    let workspace = try Workspace(arguments)
    workspace.tellFaults()
    let keys = try arguments["require-key-file"].map { try KeyRing(path: $0) }
    let options = GatewayOptions(
      catalogue: workspace.catalogue, standardModel: workspace.modelForGateway, keys: keys,
      hosts: try hosts(arguments), maximumBodyBytes: megabytes << 20,
      joinsEqual: !arguments.has("no-join"),
      connectionsPerAddress: perAddress, program: Version.program)
    return try GatewayProcess.run(
      workspace, on: address, options: options, records: arguments.has("record"))
  }

  /// Names without a port.
  private static func hosts(_ arguments: Arguments) throws -> [String] {
    try arguments.all("host").map { name in
      let isName = name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
          || "-._:".utf8.contains(byte)
      }
      let isAddress = name.split(separator: ":", omittingEmptySubsequences: false).count > 2
      guard isName, !name.isEmpty, isAddress || !name.contains(":") else {
        throw UsageError("option --host: '\(name)' is not a name such as pictures.example.com")
      }
      return name
    }
  }
}
