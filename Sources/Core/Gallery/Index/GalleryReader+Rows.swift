internal import Paging
internal import Posix
internal import SQLite
internal import Seedream

extension GalleryReader {
  static let columns = """
    picture.key, id, path, created, offset_minutes, picture.prompt, model, provider, format, width, \
    height, bytes, refs, parents, rating, \(columnsOfLayers), \(columnsOfWindow), \
    \(columnsOfProvenance)
    """
  /// Those that an index of an older program does not have.
  static let columnsOfLayers = "picture.remark, picture.layer"
  static let columnsOfWindow = "picture.layer_name, picture.image_hash"
  static let columnsOfProvenance = "picture.parent_kinds, picture.experiment, picture.cell"
  static let kindOfEdge = "lineage.kind"
  static let schemaWithLayers = 3
  static let schemaWithWindow = 4
  static let schemaWithProvenance = 5

  /// Holds for a picture that has a row of its own in a list in which a set of layers is one.
  static let hasRow = "picture.lead"
  /// The same for an index of an older program.
  private static let isLowest = """
    (picture.layer IS NULL OR NOT EXISTS (SELECT 1 FROM picture AS lower WHERE lower.job = picture.job \
    AND lower.layer IS NOT NULL AND (lower.layer, lower.key) < (picture.layer, picture.key)))
    """

  /// The same question to an index of an older program, which lacks columns.
  static func known(_ sql: String, to schema: Int) -> String {
    guard schema < schemaWithProvenance else { return sql }
    var known = sql.replacing(columnsOfProvenance, with: "NULL, NULL, NULL")
      .replacing(kindOfEdge, with: "NULL")
    guard schema < schemaWithWindow else { return known }
    known = known.replacing(columnsOfWindow, with: "NULL, NULL")
    return schema < schemaWithLayers
      ? known.replacing(columnsOfLayers, with: "NULL, NULL").replacing(hasRow, with: "1")
      : known.replacing(hasRow, with: isLowest)
  }

  /// Reads the row of `columns`; one that no version of ours has written is an error.
  static func record(_ row: borrowing Statement) throws -> PictureRecord {
    let id = try row.text(at: 1)
    guard let id = PictureID(id) else {
      throw GalleryError(
        .index, "The index has a picture called '\(printable(id))'. Run 'darkroom reindex'.")
    }
    let layer = try row.integerIfPresent(at: 16).map { Int($0) }
    return PictureRecord(
      id: id, path: try row.text(at: 2),
      created: Timestamp(
        milliseconds: try row.integer(at: 3),
        offsetMinutes: Int(clamping: try row.integer(at: 4))),
      prompt: try row.text(at: 5), model: try row.text(at: 6), provider: try row.text(at: 7),
      format: FileFormat(rawValue: try row.text(at: 8)) ?? .unknown,
      width: Int(try row.integer(at: 9)), height: Int(try row.integer(at: 10)),
      byteCount: Int(try row.integer(at: 11)),
      references: try row.text(at: 12).split(separator: " ").map(String.init),
      parentEdges: PictureRecord.parentEdges(
        try row.text(at: 13), kinds: row.isNull(at: 19) ? nil : try row.text(at: 19), layer: layer),
      experiment: row.isNull(at: 20) ? nil : ExperimentID(try row.text(at: 20)),
      cell: row.isNull(at: 21) ? nil : PictureRecord.cell(try row.text(at: 21)),
      rating: try row.integerIfPresent(at: 14).map { Int($0) },
      remark: row.isNull(at: 15) ? nil : try row.text(at: 15),
      layer: layer,
      layerName: row.isNull(at: 17) ? nil : try row.text(at: 17),
      imageHash: row.isNull(at: 18) ? nil : try row.text(at: 18),
      position: PictureRecord.Position(key: try row.integer(at: 0)))
  }
}
