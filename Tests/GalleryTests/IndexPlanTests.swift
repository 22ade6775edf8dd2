import SQLite
import Testing

@testable import Gallery

/// What the index is asked while it is written costs no look at every row.
@Suite struct IndexPlanTests {
  @Test(arguments: [
    "DELETE FROM lineage WHERE child = 'k7f2-1'", "DELETE FROM picture WHERE id = 'k7f2-1'",
    "DELETE FROM trash WHERE path = 'a'", "SELECT 1 FROM picture WHERE job = 'k7f2'",
    "SELECT 1 FROM trash WHERE job = 'k7f2'",
    "SELECT 1 FROM lineage WHERE parent > 'k7f2-' AND parent < 'k7f2.'",
  ]) func nothingIsScanned(_ sql: String) throws {
    try withGallery { layout in
      _ = try GalleryWriter(layout)
      let connection = try Connection(path: layout.index, mode: .readOnly)
      let plan = try connection.rows("EXPLAIN QUERY PLAN \(sql)") { try $0.text(at: 3) }
      #expect(!plan.isEmpty && plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(plan)")
    }
  }
}
