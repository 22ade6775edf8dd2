import App
import Gallery
import Interface
import Jobs
import Posix
import Studio

extension Command {
  /// Away with a picture, so that it can come back.
  static let trash = Command(
    name: "trash", operands: "[ID…]",
    summary: "Moves pictures with their records into the trash, or lists what is there.",
    details: """
      Without ids it lists the trash. Nothing leaves the trash by itself: 'darkroom restore ID' brings a
      picture back, and --erase removes the pictures that are named for good, without another question. The
      base of a split goes with its layers; a layer that is named by its id goes alone.
      """,
    options: [
      .flag("list", short: "l", "list what is in the trash"),
      .flag("erase", "remove the named pictures of the trash from the disk; takes whole ids only"),
      .flag("json", "one JSON object a picture"),
    ] + OptionSpec.common
  ) { arguments in
    let ids = arguments.operands
    if arguments.has("erase") {
      guard !ids.isEmpty else {
        throw UsageError(
          "the ids of the pictures are needed",
          hint: "'darkroom trash' lists them; all of them at once has no name")
      }
      guard !arguments.has("list") else {
        throw UsageError("--list and --erase exclude each other")
      }
      return try erase(ids, try Workspace(arguments))
    }
    if ids.isEmpty || arguments.has("list") {
      guard ids.isEmpty else { throw UsageError("--list takes no ids") }
      return try list(try Workspace(arguments), asJSON: arguments.has("json"))
    }
    let workspace = try Workspace(arguments)
    return try each(ids) { id in
      let item = try waiting { try await workspace.service().trash(id) }
      if arguments.has("json") { return Console.print(JSONLine.text(item)) }
      let verb = item.layers == nil ? "is" : "are"
      let it = item.layers == nil ? "it" : "them"
      Console.narrate(
        "\(named(item)) \(verb) in the trash; 'darkroom restore \(item.id)' brings \(it) back")
    }
  }

  static let restore = Command(
    name: "restore", operands: "ID…",
    summary: "Brings pictures back from the trash and prints their paths.",
    details: """
      A picture goes where it was; where another file has its name by now, beside it. The base of a split
      comes back with the layers that went with it.
      """,
    options: [.flag("json", "one JSON object a picture")] + OptionSpec.common
  ) { arguments in
    guard !arguments.operands.isEmpty else {
      throw UsageError("the id of a picture is needed", hint: "'darkroom trash' lists them")
    }
    let workspace = try Workspace(arguments)
    return try each(arguments.operands) { id in
      for picture in try waiting({ try await workspace.service().restore(id) }) {
        Console.print(
          arguments.has("json") ? JSONLine.text(picture) : Console.shown(path: picture.path))
      }
    }
  }

  /// Reads the index itself, as `search` does: no service is needed to look.
  private static func list(_ workspace: Workspace, asJSON: Bool) throws -> ExitStatus {
    let trashed = try workspace.openGallery().makeIndex().trashedPictures()
    let items = TrashItem.all(trashed, in: workspace.layout)
    if asJSON {
      for item in items { Console.print(JSONLine.text(item)) }
      return .done
    }
    if trashed.isEmpty { Console.narrate("the trash is empty") }
    let folded = Set(items.flatMap { $0.layers ?? [] })
    Console.table(
      zip(trashed, items).filter { !folded.contains($1.id) }.map { trashed, item in
        [
          item.id, "\(trashed.trashed.day) \(ShownTime.clock(trashed.trashed))",
          measure(item.width, item.height),
          (item.layers.map { Wording.layers($0.count) + " " } ?? "") + item.prompt,
        ]
      })
    return .done
  }

  private static func erase(_ ids: [String], _ workspace: Workspace) throws -> ExitStatus {
    let trashed = try workspace.openGallery().makeIndex().trashedPictures()
    let items = TrashItem.all(trashed, in: workspace.layout)
    let left = try waiting { try await workspace.service().erase(ids) }
    let names = ids.map { id in items.first { $0.id == id }.map(named) ?? id }
    Console.narrate("erased \(names.joined(separator: ", ")); in the trash: \(left.count)")
    return .done
  }

  /// `d96y-1 and 4 layers`.
  private static func named(_ item: TrashItem) -> String {
    guard let count = item.layers?.count else { return item.id }
    return "\(item.id) and \(count) layer\(count == 1 ? "" : "s")"
  }

  /// Does something with every id; one that fails does not keep it from the others.
  private static func each(_ ids: [String], _ body: (String) throws -> Void) throws -> ExitStatus {
    if let only = ids.first, ids.count == 1 {
      try body(only)
      return .done
    }
    var failures = 0
    for id in ids {
      do {
        try body(id)
      } catch {
        failures += 1
        Console.narrate("darkroom: \(Failures.sentence(error))")
      }
    }
    return failures == 0 ? .done : failures == ids.count ? .failed : .partlyDone
  }
}
