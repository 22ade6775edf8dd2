import SQLite
import Seedream
import Testing

@testable import Gallery

/// What the index is asked while it is written costs no look at every row.
@Suite struct IndexPlanTests {
  @Test func nothingIsScanned() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let index = try #require(writer.index as? GalleryIndex)
      // A gallery that is opened is looked at.
      let atTheStart = Set(index.connection.preparedStatements)
      let record = try writer.store(origin("k7f2-1"))
      try index.insert(record)
      #expect(try index.contains(record.id.job))
      #expect(try index.picture(record.id) != nil)
      _ = try writer.trash(record.id)
      #expect(try index.trashed(record.id) != nil)
      _ = try writer.restore(record.id)
      let reader = try Connection(path: layout.index, mode: .readOnly)
      var asked = 0
      for sql in index.connection.preparedStatements where !atTheStart.contains(sql) {
        let plan = try reader.rows("EXPLAIN QUERY PLAN \(sql.replacing(/\?\d*/, with: "'x'"))") {
          try $0.text(at: 3)
        }
        asked += plan.count { $0.hasPrefix("SEARCH") }
        #expect(
          !plan.contains { $0.hasPrefix("SCAN") && $0 != "SCAN CONSTANT ROW" }, "\(sql): \(plan)")
      }
      #expect(asked > 8, "\(asked)")
    }
  }
}
