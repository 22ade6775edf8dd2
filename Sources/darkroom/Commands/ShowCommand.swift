import Gallery
import Posix
import Seedream

extension Command {
  /// Everything known of one picture.
  static let show = Command(
    name: "show", operands: "ID",
    summary: "Shows how a picture came to be: prompt, model, references, times, price, file.",
    details: "The id may be shortened as long as it fits one picture only.",
    options: [.flag("json", "the birth record as it is on disk")] + OptionSpec.common
  ) { arguments in
    guard arguments.operands.count == 1 else {
      throw UsageError("the id of one picture is needed")
    }
    let workspace = try Workspace(arguments)
    let reader = GalleryReader(GalleryLayout(root: workspace.gallery))
    let row = try reader.pictureAnywhere(arguments.operands[0])
    let path = reader.layout.path(relative: row.path)
    if arguments.has("json") {
      let json = try FileSystem.read(
        GalleryLayout.record(ofPicture: path), limit: BirthRecord.maximumBytes)
      Console.write(json, to: 1)
      return .done
    }
    let record = try BirthRecord(ofPicture: path)
    if (try? reader.picture(row.id.description)) == nil {
      Console.narrate("\(row.id) is in the trash; 'darkroom restore \(row.id)' brings it back")
    }
    Console.print(Command.columns(facts(record, path: path)).trimmingWhitespace())
    return .done
  }

  private static func facts(_ record: BirthRecord, path: String) -> [(String, String)] {
    let birth = record.birth
    var rows = [
      ("id", birth.id.description), ("file", Console.shown(path: path)),
      (
        "size",
        "\(measure(record.file.width, record.file.height)), \(record.file.byteCount) bytes"
      ),
      ("made", birth.created.description),
      (
        "by", "\(birth.provider), \(birth.modelAnswered ?? birth.request?.model ?? "unknown model")"
      ),
    ]
    if let remark = record.file.remark { rows.append(("note", remark)) }
    if let request = birth.request {
      rows.append(("prompt", Console.shown(request.prompt)))
      rows.append(
        ("asked", "\(request.size), \(request.count) at most, watermark \(request.watermark)"))
      for (index, reference) in request.references.enumerated() {
        rows.append(("image \(index + 1)", Console.shown(describe(reference))))
      }
    }
    if !birth.parents.isEmpty {
      rows.append(("parents", birth.parents.map(\.description).joined(separator: " ")))
    }
    if let price = birth.price {
      rows.append(("price", "\(Double(price.millionths) / 1_000_000) \(price.currency)"))
    }
    if let id = birth.providerRequestID { rows.append(("request", Console.shown(id))) }
    return rows
  }

  /// `2048x1536`; a question mark where the file does not tell.
  static func measure(_ width: Int, _ height: Int) -> String {
    width > 0 ? "\(width)x\(height)" : "?"
  }

  private static func describe(_ reference: Reference) -> String {
    switch reference {
    case .url(let text), .file(let text), .picture(let text): text
    case .stored(let stored):
      "\(stored.origin) (\(stored.format.rawValue), \(stored.byteCount) bytes)"
    }
  }
}
