import Paging
import Posix
import SQLite
import Seedream
import TestSupport

@testable import Gallery

/// What a list of pictures should be, as an array; and a gallery's index with the same pictures.
struct Shelf {
  static let words = "lantern"
  private(set) var pictures: [PictureRecord] = []
  /// What was taken out last is the first.
  private(set) var trash: [TrashedPicture] = []
  private var random: SplitMix
  private var count = 0

  init(seed: Int) { random = SplitMix(state: UInt64(seed)) }

  /// The rows of a list, newest first.
  func rows(matching words: String = "") -> [FoldedPicture] {
    foldedRows(of: pictures).filter { words.isEmpty || $0.picture.prompt.contains(words) }
  }

  /// Pictures of years, of one burst, of one moment, and sets of layers whose pictures come in any order.
  mutating func fill(_ index: any IndexWriter, rows: Int) throws {
    while pictures.count < rows { try add(to: index) }
  }

  mutating func add(to index: any IndexWriter) throws {
    let start = evening.milliseconds
    let milliseconds =
      switch Int.random(in: 0..<4, using: &random) {
      case 0: start + Int64.random(in: 0..<300_000_000_000, using: &random)
      case 1: start + Int64.random(in: 0..<10_000, using: &random)
      case 2: start
      default: start - Int64.random(in: 0..<200_000_000, using: &random)
      }
    count += 1
    let digits = String(count, radix: 10)
    let job = try require(JobID("j" + String(repeating: "0", count: 6 - digits.count) + digits))
    let created = Timestamp(milliseconds: milliseconds, offsetMinutes: 480)
    let isSet = count % 16 == 0
    for number in (1...(isSet ? 4 : 1)).shuffled(using: &random) {
      let id = PictureID(job: job, number: number)
      var record = try Self.record(id, created, layer: isSet ? number - 1 : nil, number: count)
      if count % 5 == 0 {
        let kinds: [ParentEdge.Kind] = [.recall, .edit, .reference, .layer, .cell]
        var parents: [ParentEdge] = []
        for _ in 0..<2 {
          // Now and then the same one in two ways.
          let again = Bool.random(using: &random) ? parents.first?.id : nil
          guard let parent = again ?? pictures.randomElement(using: &random)?.id,
            let kind = kinds.randomElement(using: &random),
            !parents.contains(ParentEdge(parent, kind))
          else { continue }
          parents.append(ParentEdge(parent, kind))
        }
        record.parentEdges = parents
        record.experiment = ExperimentID("x\(count % 7)")
        record.cell = CellPlace(["size": count % 3, "猫 \"": 0])
      }
      pictures.append(try index.insert(record))
    }
  }

  /// Takes a random picture out of both.
  mutating func remove(from index: any IndexWriter) throws {
    guard let place = pictures.indices.randomElement(using: &random) else { return }
    let picture = pictures.remove(at: place)
    var trashed = picture
    trashed.path = ".darkroom/trash/" + picture.path
    let time = Timestamp(
      milliseconds: (trash.first?.trashed ?? evening).milliseconds + 1, offsetMinutes: 480)
    trash.insert(TrashedPicture(trashed, trashed: time), at: 0)
    try index.moveToTrash(trash[0], from: picture.path)
  }

  /// Brings one back that was taken out.
  mutating func restore(_ id: PictureID, to index: any IndexWriter) throws {
    guard let place = trash.firstIndex(where: { $0.picture.id == id }) else { return }
    let trashed = trash.remove(at: place)
    var record = trashed.picture
    record.path = String(record.path.dropFirst(".darkroom/trash/".count))
    pictures.append(try index.restore(record, from: trashed.picture.path))
  }

  private static func record(
    _ id: PictureID, _ created: Timestamp, layer: Int?, number: Int
  ) throws -> PictureRecord {
    var origin = try origin(
      id.description, prompt: number % 3 == 0 ? "a red lantern \(number)" : "a lake \(number)",
      created: created)
    origin.layer = layer.map { PictureLayer(order: $0, name: $0 == 0 ? nil : "layer \($0)") }
    let facts = FileFacts(
      name: "\(id).jpg", format: .jpeg, width: 64, height: 64, byteCount: 1000,
      sha256: "hash of \(id)", receivedSHA256: "hash of \(id) as it came")
    return PictureRecord(BirthRecord(origin: origin, file: facts), path: "2026-11-21/\(id).jpg")
  }
}

/// The rows of a list of these pictures, newest first: of a set of layers the lowest stands for all of it.
func foldedRows(of pictures: [PictureRecord]) -> [FoldedPicture] {
  let sets = Dictionary(grouping: pictures.filter { $0.layer != nil }, by: \.id.job)
    .mapValues { $0.sorted { ($0.layer ?? 0, $0.position) < ($1.layer ?? 0, $1.position) } }
  return pictures.compactMap { picture in
    guard picture.layer != nil, let set = sets[picture.id.job] else {
      return FoldedPicture(picture)
    }
    return set.first?.id == picture.id
      ? FoldedPicture(picture, layers: Array(set.dropFirst())) : nil
  }.sorted { $0.picture.position > $1.picture.position }
}

private func require<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw TestFailure("it is nil") }
  return value
}

extension GalleryLayout {
  /// Makes the index one of the fourth version of its schema, as its writer left it.
  func setIndexBackToWindow() throws {
    try Connection(path: index).executeScript(
      """
      DROP INDEX lineage_child; DROP INDEX trash_job;
      DROP INDEX picture_experiment; ALTER TABLE lineage RENAME TO later;
      CREATE TABLE lineage (
        parent TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (parent, child)
      ) WITHOUT ROWID;
      INSERT OR IGNORE INTO lineage SELECT parent, child FROM later; DROP TABLE later;
      ALTER TABLE picture DROP COLUMN parent_kinds; ALTER TABLE trash DROP COLUMN parent_kinds;
      ALTER TABLE picture DROP COLUMN experiment; ALTER TABLE trash DROP COLUMN experiment;
      ALTER TABLE picture DROP COLUMN cell; ALTER TABLE trash DROP COLUMN cell;
      PRAGMA user_version = 4
      """)
  }

  /// The same of the third version.
  func setIndexBackToLayers() throws {
    try setIndexBackToWindow()
    let connection = try Connection(path: index)
    try connection.executeScript(
      """
      DROP TRIGGER picture_added; DROP TRIGGER picture_removed; DROP TRIGGER picture_lead;
      DROP TABLE span; DROP TABLE change;
      ALTER TABLE picture DROP COLUMN lead;
      ALTER TABLE picture DROP COLUMN layer_name; ALTER TABLE picture DROP COLUMN image_hash;
      ALTER TABLE trash DROP COLUMN layer_name; ALTER TABLE trash DROP COLUMN image_hash;
      PRAGMA user_version = 3
      """)
  }
}
