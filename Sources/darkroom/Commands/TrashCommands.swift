import Gallery
import Posix
import Studio

extension Command {
  /// Away with a picture, so that it can come back.
  static let trash = Command(
    name: "trash", operands: "[ID…]",
    summary: "Moves pictures with their records into the trash, or lists what is there.",
    details: """
      Without ids it lists the trash. Nothing leaves the trash by itself: 'darkroom restore ID' brings a
      picture back, and --erase removes the pictures that are named for good, without another question.
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
      Console.narrate("\(item.id) is in the trash; 'darkroom restore \(item.id)' brings it back")
      let reader = GalleryReader(GalleryLayout(root: workspace.gallery))
      let rest = PictureID(item.id).flatMap { try? reader.layers(of: $0.job) } ?? []
      if !rest.isEmpty, (try? reader.trashedPicture(item.id))?.picture.layer != nil {
        let ids = rest.map(\.id.description).joined(separator: " ")
        Console.narrate("\(rest.count) of its set of layers stay: \(ids)")
      }
    }
  }

  static let restore = Command(
    name: "restore", operands: "ID…",
    summary: "Brings pictures back from the trash and prints their paths.",
    details: "A picture goes where it was; where another file has its name by now, beside it.",
    options: [.flag("json", "one JSON object a picture")] + OptionSpec.common
  ) { arguments in
    guard !arguments.operands.isEmpty else {
      throw UsageError("the id of a picture is needed", hint: "'darkroom trash' lists them")
    }
    let workspace = try Workspace(arguments)
    return try each(arguments.operands) { id in
      let picture = try waiting { try await workspace.service().restore(id) }
      Console.print(
        arguments.has("json") ? JSONLine.text(picture) : Console.shown(path: picture.path))
    }
  }

  /// Reads the index itself, as `search` does: no service is needed to look.
  private static func list(_ workspace: Workspace, asJSON: Bool) throws -> ExitStatus {
    let reader = GalleryReader(GalleryLayout(root: workspace.gallery))
    let trashed = try reader.trashedPictures()
    if asJSON {
      for item in trashed {
        Console.print(JSONLine.text(TrashItem(item, in: reader.layout)))
      }
      return .done
    }
    if trashed.isEmpty { Console.narrate("the trash is empty") }
    Console.table(
      trashed.map { item in
        [
          item.picture.id.description,
          "\(item.trashed.day) \(ShownTime.clock(item.trashed))",
          measure(item.picture.width, item.picture.height), item.picture.prompt,
        ]
      })
    return .done
  }

  private static func erase(_ ids: [String], _ workspace: Workspace) throws -> ExitStatus {
    let left = try waiting { try await workspace.service().erase(ids) }
    Console.narrate("erased \(ids.joined(separator: " ")); in the trash: \(left.count)")
    return .done
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
