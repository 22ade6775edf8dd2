package import Paging
internal import Seedream

/// One picture as lists and search show it: a row of the index.
package struct PictureRecord: Equatable, Sendable {
  package var id: PictureID
  /// Relative to the gallery's root.
  package var path: String
  package var created: Timestamp
  /// Empty for a picture nothing is known about.
  package var prompt: String
  /// The model asked for.
  package var model: String
  /// The provider's profile.
  package var provider: String
  package var format: FileFormat
  /// Pixels; zero where the file does not tell.
  package var width: Int
  package var height: Int
  package var byteCount: Int
  /// SHA-256 of the stored references, in order.
  package var references: [String]
  /// Each once; a picture may be there in several ways.
  package var parentEdges: [ParentEdge]
  package var experiment: ExperimentID?
  /// Where it stands in the experiment.
  package var cell: CellPlace?
  /// What is not in order about its bytes; nil where nothing is.
  package var remark: String?
  /// Its place from the bottom up in the set of layers it belongs to, zero for the base; nil for a picture
  /// that was not split.
  package var layer: Int?
  /// What the provider calls that layer; empty where it says nothing, nil where the index does not know: the row
  /// is of an older program.
  package var layerName: String?
  /// SHA-256 of the picture as it came; nil where the index does not know.
  package var imageHash: String?
  /// −1 to 5; nil until somebody rates it.
  package var rating: Int?
  /// The place in the order of time; a later picture has a greater one.
  package internal(set) var position: Position = Position(key: 0)

  /// The pictures of `parentEdges`, each once.
  package var parents: [PictureID] { parentEdges.map(\.id).eachOnce }

  package typealias Position = PicturePosition

  /// Where a picture of this id and time lies, if no other one has its very place.
  package static func position(of id: PictureID, created: Timestamp) -> Position {
    // The time, then ten bits of the job, then the number in the set: pictures of one moment lie together in the
    // order of their set.
    let hash = id.job.text.utf8.reduce(0) { ($0 * 31 + Int64($1)) % 1021 }
    return Position(key: max(0, created.milliseconds) << 20 | hash << 10 | Int64(id.number))
  }

  /// The row of a birth record whose picture lies at `path`, relative to the root.
  package init(_ record: BirthRecord, path: String) {
    let origin = record.origin
    id = origin.id
    self.path = path
    created = origin.created
    prompt = origin.request?.prompt ?? ""
    model = origin.request?.model ?? origin.modelAnswered ?? ""
    provider = origin.provider
    format = record.file.format
    width = record.file.width
    height = record.file.height
    byteCount = record.file.byteCount
    references = (origin.request?.references ?? []).compactMap { reference in
      if case .stored(let stored) = reference { stored.sha256 } else { nil }
    }
    parentEdges = origin.parentEdges
    experiment = origin.provenance.experiment
    cell = origin.provenance.cell
    remark = record.file.remark
    layer = origin.layer?.order
    layerName = origin.layer.map { $0.name ?? "" }
    imageHash = record.file.receivedSHA256
  }

  init(
    id: PictureID, path: String, created: Timestamp, prompt: String, model: String,
    provider: String, format: FileFormat, width: Int, height: Int, byteCount: Int,
    references: [String], parentEdges: [ParentEdge], experiment: ExperimentID?, cell: CellPlace?,
    rating: Int?, remark: String?, layer: Int?, layerName: String?, imageHash: String?,
    position: Position
  ) {
    self.id = id
    self.path = path
    self.created = created
    self.prompt = prompt
    self.model = model
    self.provider = provider
    self.format = format
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.references = references
    self.parentEdges = parentEdges
    self.experiment = experiment
    self.cell = cell
    self.rating = rating
    self.remark = remark
    self.layer = layer
    self.layerName = layerName
    self.imageHash = imageHash
    self.position = position
  }
}
