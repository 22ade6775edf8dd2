import Glibc
import Imaging
import Posix

extension Command {
  /// Decodes pictures for previews; run by the front end, in a process of its own.
  static let decode = Command(
    name: "decode", operands: "FILE", summary: "Writes a picture as cells, for the front end.",
    options: [
      .value("columns", "N", "cells across, at most"),
      .value("rows", "N", "cells down, at most"),
      .value("colors", "HOW", "truecolor, 256, 16 or none"),
      .value("shapes", "WHICH", "quadrants or sextants"),
      .flag("serve", "decode what is asked for on the socket that is standard input"),
      .help,
    ],
    isInternal: true
  ) { arguments in
    if arguments.has("serve") {
      try DecodeServer(socket: FileDescriptor(owning: STDIN_FILENO)).run()
      return .done
    }
    guard arguments.operands.count == 1 else { throw UsageError("one file is needed") }
    let columns = try arguments.integer("columns", in: 1...1000) ?? 80
    let rows = try arguments.integer("rows", in: 1...1000) ?? 24
    let colors: SymbolColors =
      switch try arguments.choice("colors", of: ["truecolor", "256", "16", "none"]) {
      case "truecolor": .truecolor
      case "16": .palette16
      case "none": .none
      default: .palette256
      }
    let shapes: SymbolShapes =
      try arguments.choice("shapes", of: ["quadrants", "sextants"]) == "sextants"
      ? .sextants : .quadrants
    let preview = SymbolPreview(columns: columns, rows: rows, colors: colors, shapes: shapes)
    do throws(ImagingError) {
      let picture = try preview.render(file: arguments.operands[0])
      Console.write(PreviewFormat.encode(picture), to: STDOUT_FILENO)
      return .done
    } catch {
      Console.narrate(error.message)
      return .failed
    }
  }
}
