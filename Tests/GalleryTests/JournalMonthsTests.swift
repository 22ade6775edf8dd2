import Posix
import TestSupport
import Testing

@testable import Gallery

/// Which files of the journal are read at the start of a service.
@Suite struct JournalMonthsTests {
  private let now = Timestamp("2027-01-31T12:00:00+01:00") ?? .now()

  private func withMonths(
    _ names: [String], _ body: (JournalMonths, GalleryLayout) throws -> Void
  ) throws {
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("gallery"))
    try FileSystem.createDirectory(layout.journalDirectory)
    for name in names {
      try DurableFile.write([1, 2], to: "\(layout.journalDirectory)/\(name).jsonl")
    }
    try body(JournalMonths(layout), layout)
  }

  @Test func oldMonthsAreReadUntilTheyAreClosed() throws {
    let names = ["2026-10", "2026-11", "2026-12", "2027-01", "2027-02"]
    try withMonths(names) { (months, layout) throws in
      #expect(try months.open(at: now).count == 5)
      for month in ["2026-10", "2026-12", "2027-01", "2027-02"] { months.close(month, at: now) }
      // The last two and what a clock that was set back has not come to are read always.
      #expect(try months.open(at: now) == ["2026-11", "2026-12", "2027-01", "2027-02"])
      // Closing leaves no month out that is looked for by itself.
      #expect(try JournalContents(layout, months: ["2026-10"]).damage.count == 1)
    }
  }

  @Test func aClosedMonthAfterAnOpenOneIsRead() throws {
    try withMonths(["2026-09", "2026-10", "2026-11", "2027-01"]) { (months, _) throws in
      for month in ["2026-09", "2026-11"] { months.close(month, at: now) }
      // A job of October may have been sent in November.
      #expect(try months.open(at: now) == ["2026-10", "2026-11", "2027-01"])
    }
  }

  @Test func aMonthThatGrewAgainIsOpenAgain() throws {
    try withMonths(["2026-10"]) { (months, layout) throws in
      months.close("2026-10", at: now)
      #expect(try months.open(at: now).isEmpty)
      try DurableFile.write(
        [1, 2, 3], to: layout.journalDirectory + "/2026-10.jsonl", replacing: true)
      #expect(try months.open(at: now) == ["2026-10"])
    }
  }

  @Test func theTurnOfTheYear() throws {
    try withMonths(["2026-02", "2026-11", "2026-12"]) { (months, _) throws in
      for month in ["2026-02", "2026-11", "2026-12"] {
        months.close(month, at: Timestamp("2028-01-01T00:00:00Z") ?? .now())
      }
      let march = Timestamp("2026-03-31T12:00:00+01:00") ?? .now()
      #expect(try months.open(at: march).contains("2026-02"))
      let january = Timestamp("2027-01-01T00:00:00-08:00") ?? .now()
      #expect(try months.open(at: january) == ["2026-12"])
    }
  }

  @Test func aGalleryWithoutAJournal() throws {
    let directory = try TemporaryDirectory()
    #expect(try JournalMonths(GalleryLayout(root: directory.path("g"))).open(at: now).isEmpty)
  }
}
