import Gallery
import Testing

/// A clock that was set back.
@Suite struct JournalOrderTests {
  @Test func linesStayInTheOrderTheyWereWritten() throws {
    try withGallery { layout in
      let job = try #require(JobID("k7f2"))
      func line(_ event: JournalEntry.Event, _ time: String) throws -> JournalEntry {
        JournalEntry(job: job, time: try #require(Timestamp(time)), event: event)
      }
      let december = try line(.sent(attempt: 1), "2026-12-01T00:01:00.000Z")
      let november = try line(.finished(count: 1), "2026-11-30T23:59:00.000Z")
      let later = try line(.settled(pictures: 1, nil), "2026-11-30T23:59:30.000Z")
      let journal = Journal(layout)
      try journal.append(december)
      try journal.append(november)
      // Also when another service goes on.
      try Journal(layout).append(later)
      #expect(try JournalContents(layout).entries == [december, november, later])
      #expect(try JournalContents(layout, since: "2026-11").entries.count == 3)
      #expect(try names(layout.journalDirectory) == ["2026-12.jsonl"])
    }
  }
}
