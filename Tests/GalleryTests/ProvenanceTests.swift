import Gallery
import Posix
import Seedream
import Testing

/// What a picture comes from beyond its request, in the record beside it.
@Suite struct ProvenanceTests {
  private func provenance() throws -> Provenance {
    Provenance(
      template: "{who} in {where}",
      choices: [.init(name: "who", words: "猫"), .init(name: "where", words: "fog")],
      experiment: ExperimentID("x9"), cell: CellPlace(["who": 1, "where": 0]),
      parents: [
        ParentEdge(try #require(PictureID("c3d4-1")), .recall),
        ParentEdge(try #require(PictureID("c3d4-2")), .edit),
      ])
  }

  private func origin(_ provenance: Provenance, layers: Bool = false) throws -> PictureOrigin {
    var request = GenerationRequest(
      model: "seedream-4.0", prompt: "猫 in fog",
      references: [.picture("c3d4-2"), .picture("c3d4-3")])
    request.layers = layers
    return PictureOrigin(
      id: try #require(PictureID("k7f2-1")), created: evening, provider: "ark", dialect: "ark",
      request: request, provenance: provenance, program: "Darkroom 0.1.0")
  }

  private func record(of origin: PictureOrigin) throws -> (text: String, read: PictureOrigin) {
    var record = (text: "", read: origin)
    try withGallery { layout in
      let picture = try GalleryWriter(layout).store(origin)
      let path = layout.path(relative: picture.path)
      record.text = String(decoding: try bytes(path + ".json"), as: UTF8.self)
      record.read = try BirthRecord(ofPicture: path).origin
    }
    return record
  }

  @Test func aRecordComesBackAsItWasWritten() throws {
    let origin = try origin(try provenance())
    let (text, read) = try record(of: origin)
    #expect(text.contains("\"schema\" : \"darkroom.birth/2\""))
    #expect(read == origin)
    #expect(read.parentEdges.map(\.kind) == [.recall, .edit, .reference])
    #expect(read.parents.map(\.description) == ["c3d4-1", "c3d4-2", "c3d4-3"])
    var expected = try provenance()
    expected.parents = nil
    #expect(read.provenance == expected)
  }

  @Test(arguments: [(false, ParentEdge.Kind.reference), (true, .layer)])
  func whatOlderProgramsKnowTheyGoOnReading(layers: Bool, kind: ParentEdge.Kind) throws {
    let origin = try origin(Provenance(), layers: layers)
    let (text, read) = try record(of: origin)
    #expect(text.contains("\"schema\" : \"darkroom.birth/1\""))
    let flat = text.filter { !$0.isWhitespace }
    #expect(flat.contains("\"parents\":[\"c3d4-2\",\"c3d4-3\"]"))
    #expect(read == origin)
    #expect(read.parentEdges.map(\.kind) == [kind, kind])
  }

  @Test func aKindOfALaterProgramIsAParentAllTheSame() throws {
    try withGallery { layout in
      let picture = try GalleryWriter(layout).store(try origin(try provenance()))
      let path = layout.path(relative: picture.path)
      let text = String(decoding: try bytes(path + ".json"), as: UTF8.self)
      try DurableFile.write(
        Array(text.replacing("\"recall\"", with: "\"dreamt\"").utf8), to: path + ".json",
        replacing: true)
      let edges = try BirthRecord(ofPicture: path).origin.parentEdges
      #expect(edges.map(\.id.description) == ["c3d4-1", "c3d4-2", "c3d4-3"])
      #expect(edges.map(\.kind) == [.reference, .edit, .reference])
    }
  }

  @Test func aPictureWithoutItsRecordHasItFromTheJournal() throws {
    let origin = try origin(try provenance())
    try withGallery { layout in
      let journal = Journal(layout)
      try journal.append(
        JournalEntry(
          job: origin.id.job, time: evening,
          event: .intent(
            .init(
              request: try #require(origin.request), provider: origin.provider,
              provenance: try provenance()))))
      let picture = try GalleryWriter(layout).store(origin, bytes: LostRecordTests.gif)
      let read = try originMadeAnew(of: picture, layout)
      #expect(read.provenance == origin.provenance)
      #expect(read.parentEdges == origin.parentEdges)
    }
  }

  @Test func theIndexHasItWhereverThePictureGoes() throws {
    let origin = try origin(try provenance())
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let index = GalleryAccess(layout).makeIndex()
      func check(_ record: PictureRecord) {
        #expect(record.parentEdges == origin.parentEdges)
        #expect(record.experiment == origin.provenance.experiment)
        #expect(record.cell == origin.provenance.cell)
      }
      func checkEdges(_ count: Int) throws {
        for edge in origin.parentEdges {
          #expect(try index.children(of: edge.id).map(\.kind) == (count == 1 ? [edge.kind] : []))
        }
        #expect(
          try index.pictures(of: ExperimentID("x9")).map(\.id) == (count == 1 ? [origin.id] : []))
      }
      try writer.store(origin)
      check(try index.picture("k7f2-1"))
      try checkEdges(1)
      _ = try writer.trash(origin.id)
      check(try index.trashedPicture("k7f2-1").picture)
      try checkEdges(0)
      try writer.reindex()
      check(try index.trashedPicture("k7f2-1").picture)
      check(try writer.restore(origin.id))
      try checkEdges(1)
      try writer.reindex()
      check(try index.picture("k7f2-1"))
      try checkEdges(1)
    }
  }

  /// Recalled from a picture that was then changed by words.
  @Test func aPictureComesFromAnotherInMoreThanOneWay() throws {
    let parent = try #require(PictureID("c3d4-1"))
    let edges = [ParentEdge(parent, .recall), ParentEdge(parent, .edit)]
    let origin = try origin(Provenance(parents: edges + edges))
    #expect(origin.parentEdges.prefix(2) == edges[...])
    #expect(origin.parentEdges.map(\.id.description) == ["c3d4-1", "c3d4-1", "c3d4-2", "c3d4-3"])
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let index = GalleryAccess(layout).makeIndex()
      func check(_ record: PictureRecord) throws {
        #expect(record.parentEdges == origin.parentEdges)
        #expect(record.parents == origin.parents)
        #expect(try index.parents(of: origin.id) == origin.parentEdges)
        #expect(try index.children(of: parent).map(\.kind) == [.edit, .recall])
      }
      try check(try writer.store(origin))
      try writer.reindex()
      try check(try index.picture("k7f2-1"))
      _ = try writer.trash(origin.id)
      #expect(try index.children(of: parent).isEmpty)
      try check(try writer.restore(origin.id))
    }
  }

  @Test func andFromItsOwnBytes() throws {
    let origin = try origin(try provenance())
    try withGallery { layout in
      let picture = try GalleryWriter(layout).store(origin)
      let read = try originMadeAnew(of: picture, layout)
      #expect(read.provenance == origin.provenance)
      #expect(read.parentEdges == origin.parentEdges)
    }
  }
}
