import Gallery

extension Command {
  /// The index made anew.
  static let reindex = Command(
    name: "reindex", operands: "",
    summary: "Makes the index anew from the pictures and their records, and mends what is missing.",
    details: "The service of the gallery must not be running: 'darkroom service --stop' ends it.",
    options: OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    let writer = try GalleryWriter(GalleryLayout(root: workspace.gallery))
    let report = try writer.reindex()
    for line in report.lines { Console.narrate(line) }
    Console.print("\(report.pictures) pictures")
    return .done
  }
}
