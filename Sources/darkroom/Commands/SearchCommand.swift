import App
import Gallery
import Interface

extension Command {
  /// Pictures by the words of their prompts.
  static let search = Command(
    name: "search", operands: "[WORDS…]",
    summary: "Lists pictures whose prompt has all the words, newest first.",
    details:
      "Without words it lists the newest pictures; where no prompt has a word that is an id, that picture.",
    options: [
      .value("limit", "N", "pictures at most; 20 unless said otherwise"),
      .flag("paths", "only the paths, one a line"),
      .flag("json", "one JSON object a picture"),
    ] + OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    let limit = try arguments.integer("limit", in: 1...1_000_000) ?? 20
    let index = workspace.openGallery().makeIndex()
    let layout = workspace.layout
    // Programs get every picture; for people a set of layers is one.
    let isForPeople = !arguments.has("json") && !arguments.has("paths")
    let words = arguments.operands.joined(separator: " ")
    var found = try index.search(
      words, limit: limit + 1, before: nil, isFolded: isForPeople)
    if found.isEmpty, arguments.operands.count == 1, let picture = try? index.picture(words) {
      found = [picture]
    }
    if found.count > limit {
      found.removeLast()
      Console.narrate("there are more than \(limit): --limit N lists N of them")
    }
    if arguments.has("json") {
      for record in found { Console.print(JSONLine.text(PictureLine(record, in: layout))) }
    } else if arguments.has("paths") {
      for record in found {
        Console.print(Console.shown(path: layout.path(relative: record.path)))
      }
    } else {
      Console.table(
        try found.map { record in
          let others = record.layer == nil ? 0 : try index.layers(of: record.id.job).count - 1
          let layers = others > 0 ? Wording.layers(others) + " " : ""
          return [
            record.id.description, "\(record.created.day) \(ShownTime.clock(record.created))",
            measure(record.width, record.height), layers + record.prompt,
          ]
        })
    }
    guard found.isEmpty else { return .done }
    Console.narrate(
      arguments.operands.isEmpty ? "the gallery has no pictures yet" : "no picture matches")
    return .failed
  }
}

/// One picture as JSON.
struct PictureLine: Encodable {
  var id: String
  var path: String
  var created: String
  var prompt: String
  var model: String
  var provider: String
  var width: Int
  var height: Int
  var bytes: Int
  /// Where it lies, if a picture was split into layers.
  var layer: Layer?
  /// What is not in order about the file.
  var remark: String?

  struct Layer: Encodable {
    /// From the bottom up, zero for the base.
    var order: Int
  }

  init(_ record: PictureRecord, in layout: GalleryLayout) {
    id = record.id.description
    path = layout.path(relative: record.path)
    created = record.created.description
    prompt = record.prompt
    model = record.model
    provider = record.provider
    width = record.width
    height = record.height
    bytes = record.byteCount
    layer = record.layer.map(Layer.init)
    remark = record.remark
  }
}
