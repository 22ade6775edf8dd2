import App
import Gallery
import Jobs
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
    let gallery = workspace.openGallery()
    let index = gallery.makeIndex()
    let row = try index.pictureAnywhere(arguments.operands[0])
    let path = workspace.layout.path(relative: row.path)
    if arguments.has("json") {
      let json = try gallery.blobs.recordJSON(of: row)
      Console.write(JSONLine.escaped(String(decoding: json, as: UTF8.self)), to: 1)
      return .done
    }
    let record = try gallery.blobs.record(of: row)
    if (try? index.picture(row.id.description)) == nil {
      Console.narrate("\(row.id) is in the trash; 'darkroom restore \(row.id)' brings it back")
    }
    // A record may be anybody's.
    let rows = (facts(record, path: path) + set(of: record, index, gallery.blobs)).map {
      ($0, Console.shown($1))
    }
    Console.print(Command.columns(rows).trimmingWhitespace())
    return .done
  }

  /// The layers that belong together, from the bottom up, whichever of them was asked for.
  private static func set(
    of record: BirthRecord, _ index: any PictureIndex, _ blobs: any BlobStore
  ) -> [(String, String)] {
    guard record.origin.layer != nil,
      let layers = try? index.layers(of: record.origin.id.job)
    else { return [] }
    return layers.enumerated().map { place, row in
      let origin = try? blobs.record(of: row).origin
      let box = origin?.layer?.box.map { " at \($0.left),\($0.top)" } ?? ""
      let name = origin?.layer?.name ?? (row.layer == 0 ? "base" : "")
      let words = "\(row.id) \(measure(row.width, row.height))\(box) \(name)"
      return (place == 0 ? "layers" : "", words)
    }
  }

  private static func facts(_ record: BirthRecord, path: String) -> [(String, String)] {
    let origin = record.origin
    var rows = [
      ("id", origin.id.description), ("file", Console.shown(path: path)),
      (
        "size",
        "\(measure(record.file.width, record.file.height)), \(record.file.byteCount) bytes"
      ),
      ("made", origin.created.description),
      (
        "by",
        "\(origin.provider), \(origin.modelAnswered ?? origin.request?.model ?? "unknown model")"
      ),
    ]
    if let group = origin.group {
      rows.append(
        ("group", "\(group.place + 1) of \(group.size) asked for together as \(group.id)"))
    }
    if let layer = origin.layer {
      let place = layer.box.map { ", \($0.left),\($0.top) to \($0.right),\($0.bottom)" } ?? ""
      let name = layer.name.map { " \($0)" } ?? ""
      rows.append(("layer", "\(layer.order)\(name)\(place)"))
      if let description = layer.description { rows.append(("shows", description)) }
      if let details = layer.details { rows.append(("details", details.shown)) }
    }
    if let background = origin.said.background {
      rows.append(("ground", background))
    }
    if let remark = record.file.remark { rows.append(("note", remark)) }
    if let request = origin.request {
      rows.append(("prompt", request.prompt))
      rows.append(
        ("asked", "\(request.size), \(request.count) at most, watermark \(request.watermark)"))
      for (index, reference) in request.references.enumerated() {
        rows.append(("image \(index + 1)", describe(reference)))
      }
    }
    rows += provenance(of: origin)
    if let price = origin.price {
      rows.append(("price", "\(Double(price.millionths) / 1_000_000) \(price.currency)"))
    }
    if let id = origin.providerRequestID { rows.append(("request", id)) }
    return rows
  }

  private static func provenance(of origin: PictureOrigin) -> [(String, String)] {
    var rows: [(String, String)] = []
    if let template = origin.provenance.template { rows.append(("template", template)) }
    if let choices = origin.provenance.choices, !choices.isEmpty {
      let words = choices.map { "\($0.name): \($0.words)" }
      rows.append(("chosen", words.joined(separator: ", ")))
    }
    if let experiment = origin.provenance.experiment {
      let places = origin.provenance.cell?.places.sorted { $0.key < $1.key } ?? []
      rows.append(
        ("experiment", "\(experiment)" + places.map { ", \($0.key) \($0.value)" }.joined()))
    }
    if !origin.parentEdges.isEmpty {
      let parents = origin.parentEdges.map { "\($0.id) (\($0.kind.rawValue))" }
      rows.append(("parents", parents.joined(separator: ", ")))
    }
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
