import Gallery
import Hashing
import Jobs
import Posix
import Seedream
import Testing

@Suite struct JournalTests {
  static func entries() throws -> [JournalEntry] {
    let job = try #require(JobID("k7f2"))
    let request = GenerationRequest(
      model: "seedream-4-5", prompt: "雾\n\"灯\" \u{2028}",
      references: [.url("https://cdn.example/a?sig=1"), .file("/a b"), .picture("c3d4-1")], count: 2
    )
    let edited = JournalEntry.Intent(
      request: request, provider: "mine", dialect: "ark", baseURL: "https://ark.example/api/v3",
      headers: [.init("X-Team", "a \"b\"")], limits: RequestLimits(references: 3))
    let provenance = Provenance(
      template: "{who} in fog", choices: [.init(name: "who", words: "猫")],
      experiment: ExperimentID("x9"), cell: CellPlace(["seed": 2, "who": 0]),
      parents: [ParentEdge(PictureID(job: job, number: 7), .cell)])
    let events: [JournalEntry.Event] = [
      .intent(
        JournalEntry.Intent(
          request: request, provider: "ark", clientRequestID: "8a7b",
          reserved: Price(currency: "CNY", millionths: 500_000), provenance: provenance)),
      .sent(attempt: 1), .result(number: 1, .address("https://cdn.example/r.jpg?X-Tos-Sig=abc")),
      .result(number: 2, .file("2026-11-21/.pending-00")),
      .result(
        number: 3, .address("https://cdn.example/3.png"),
        said: SaidOfPicture(
          size: "800x600", outputFormat: "png", background: "transparent",
          layer: PictureLayer(
            order: 2, name: "猫", description: "a cat",
            box: .init(left: 1, top: 2, right: 801, bottom: 602),
            normalized: .init(left: 0, top: 1, right: 400, bottom: 300),
            details: ["text": .object(["font": .string("Song"), "size": .number(12.5)])]))),
      .done(PictureID(job: job, number: 1)), .finished(count: 2),
      .failed(JournalEntry.Failure(code: "Refused", message: "no", number: 2)), .cancelled,
      .forgotten, .edited(edited), .moved(before: job), .moved(before: nil),
      .settled(pictures: 2, Price(currency: "USD", millionths: 80_000)),
      .settled(pictures: 0, nil), .resent(as: job), .arrived,
      .trashed(PictureID(job: job, number: 1)), .restored(PictureID(job: job, number: 1)),
      .erased(PictureID(job: job, number: 1)),
    ]
    return events.map { JournalEntry(job: job, time: evening, event: $0) }
  }

  static func write(_ entries: [JournalEntry], _ layout: GalleryLayout) throws {
    let journal = Journal(layout)
    for entry in entries { try journal.append(entry) }
  }

  @Test func everyEventComesBackAsItWent() throws {
    try withGallery { layout in
      #expect(try JournalContents(layout).entries == [])
      let entries = try Self.entries()
      try Self.write(entries, layout)
      let contents = try JournalContents(layout)
      #expect(contents.entries == entries)
      #expect(contents.damage == [])
      #expect(try FileInformation(of: layout.journal(evening)).mode == 0o600)
      let lines = try bytes(layout.journal(evening)).split(separator: 0x0A)
      #expect(lines.count == entries.count)
    }
  }

  @Test func aLineOfAnOlderProgramIsReadAndOneThatSaysNonsenseToo() throws {
    try withGallery { layout in
      let start =
        #"{"event":"result","job":"k7f2","number":1,"time":"2026-11-21T14:32:05.123+08:00","#
      let address = #""address":"https://a/1""#
      try FileSystem.createDirectory(layout.journalDirectory)
      let lines = ["\(start)\(address)}", "\(start)\(address),\"said\":7}"].map { object in
        "{\"check\":\"\(SHA256.hexDigest(of: Array(object.utf8)).prefix(16))\","
          + object.dropFirst()
          + "\n"
      }
      try DurableFile.write(Array(lines.joined().utf8), to: layout.journal(evening))
      let contents = try JournalContents(layout)
      #expect(contents.damage == [])
      #expect(
        contents.entries.map(\.event)
          == [
            .result(number: 1, .address("https://a/1")),
            .result(number: 1, .address("https://a/1")),
          ])
    }
  }

  @Test func eachMonthHasItsFileAndTheyAreReadInOrder() throws {
    try withGallery { layout in
      var later = try Self.entries()[1]
      later.time = try #require(Timestamp("2026-12-01T00:00:00.000+08:00"))
      let first = try Self.entries()[0]
      try Self.write([first, later], layout)
      #expect(try names(layout.journalDirectory) == ["2026-11.jsonl", "2026-12.jsonl"])
      #expect(try JournalContents(layout).entries == [first, later])
      #expect(try JournalContents(layout, months: ["2026-12"]).entries == [later])
    }
  }

  @Test func aJournalTornAtAnyByteLosesNoMoreThanTheLastEntry() throws {
    try withGallery { layout in
      let entries = Array(try Self.entries().prefix(3))
      try Self.write(entries, layout)
      let path = layout.journal(evening)
      let whole = try bytes(path)
      let ends = whole.indices.filter { whole[$0] == 0x0A }
      let next = try Self.entries()[5]
      for cut in 0...whole.count {
        try DurableFile.write(Array(whole.prefix(cut)), to: path, replacing: true)
        // A line is complete with or without its line feed.
        let complete = ends.filter { $0 <= cut }.count
        let isTorn = cut > 0 && !ends.contains(cut) && !ends.contains(cut - 1)
        let contents = try JournalContents(layout)
        #expect(contents.entries == Array(entries.prefix(complete)), "cut at \(cut)")
        #expect(contents.damage.map(\.isLast) == (isTorn ? [true] : []), "cut at \(cut)")
        #expect(contents.damage.map(\.line) == (isTorn ? [complete + 1] : []), "cut at \(cut)")
        try Self.write([next], layout)
        let grown = try JournalContents(layout)
        #expect(grown.entries == entries.prefix(complete) + [next], "cut at \(cut)")
        #expect(grown.damage.isEmpty, "cut at \(cut)")
      }
    }
  }

  @Test func aChangedByteIsNoticed() throws {
    try withGallery { layout in
      let entries = try Self.entries()
      try Self.write(entries, layout)
      let path = layout.journal(evening)
      let whole = try bytes(path)
      let secondLine = try #require(whole.firstIndex(of: 0x0A)) + 1
      for place in secondLine..<secondLine + 60 {
        var changed = whole
        changed[place] ^= 1
        try DurableFile.write(changed, to: path, replacing: true)
        let contents = try JournalContents(layout)
        #expect(contents.entries == [entries[0]] + Array(entries.dropFirst(2)), "at \(place)")
        #expect(contents.damage.first?.message.hasPrefix("Line 2 of \(path) was cut short") == true)
      }
    }
  }
}
