import App
import Gallery
import Settings

extension Command {
  /// The index made anew.
  static let reindex = Command(
    name: "reindex", operands: "",
    summary: "Makes the index anew from the pictures and their records, and mends what is missing.",
    details: "The service of the gallery must not be running: 'darkroom service --stop' ends it.",
    options: OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    let writer = try GalleryWriter(
      GalleryLayout(root: workspace.gallery),
      spoolDirectory: SpoolDirectory(
        stateDirectory: workspace.paths.stateDirectory, gallery: workspace.gallery))
    let report = try writer.reindex()
    for line in lines(report) { Console.narrate(line) }
    if report.trashed > 0 { Console.narrate("in the trash: \(report.trashed)") }
    Console.print("\(report.pictures) pictures")
    return .done
  }

  private static func lines(_ report: MendReport) -> [String] {
    report.trashMended.map { "brought \($0) to its picture" }
      + report.recordsWritten.map { "wrote the missing record of \($0)" }
      + report.picturesMissing.map { "\($0): its picture is gone" }
      + report.recordsBroken.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      + report.inaccessible.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      + report.picturesChanged.map { "\($0) was changed by another program" }
      + report.idsTaken.map { "\($0) has the id of another picture and is not in the index" }
      + report.leftovers.map { "\($0) was left by a writer that died" }
      + [report.unreadableNames.sentence].compactMap(\.self)
  }
}
