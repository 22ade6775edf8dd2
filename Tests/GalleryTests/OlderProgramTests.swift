import Gallery
import Posix
import Seedream
import Testing

/// What a program wrote that knew nothing of templates, experiments and kinds of parents.
@Suite struct OlderProgramTests {
  @Test func itsJournalIsRead() throws {
    try withGallery { layout in
      try Self.write(Self.journal, layout)
      let contents = try JournalContents(layout)
      #expect(contents.damage == [])
      #expect(contents.entries.count == 5)
      guard case .intent(let intent) = try #require(contents.entries.first).event else {
        Issue.record("not an intent")
        return
      }
      #expect(intent.request.prompt == "the lantern at night")
      #expect(intent.clientRequestID == "2026113017393110768CE1BFC404A464B3")
      #expect(intent.provenance == nil)
    }
  }

  @Test func itsRecordIsReadAndWrittenAgainAsItWas() throws {
    try withGallery { layout in
      let path = try Self.picture(layout)
      try DurableFile.write(Array(Self.record.utf8), to: path + ".json")
      let origin = try BirthRecord(ofPicture: path).origin
      #expect(origin.request?.prompt == "the lantern at night")
      #expect(origin.parentEdges == [ParentEdge(try #require(PictureID("hsyw-1")), .reference)])
      #expect(origin.provenance.isEmpty)
      let again = try GalleryWriter(GalleryLayout(root: layout.root + "/other")).store(origin)
      let text = String(
        decoding: try bytes(layout.root + "/other/" + again.path + ".json"), as: UTF8.self)
      #expect(Self.withoutFile(text) == Self.withoutFile(Self.record))
    }
  }

  @Test func aRecordThatIsLostComesBackFromItsJournal() throws {
    try withGallery { layout in
      try Self.write(Self.journal, layout)
      let path = try Self.picture(layout)
      _ = try GalleryWriter(layout)
      let origin = try BirthRecord(ofPicture: path).origin
      #expect(origin.source == .generated)
      #expect(origin.request?.prompt == "the lantern at night")
      #expect(origin.parentEdges == [ParentEdge(try #require(PictureID("hsyw-1")), .reference)])
      #expect(origin.provenance.isEmpty)
      let text = String(decoding: try bytes(path + ".json"), as: UTF8.self)
      #expect(text.contains("\"darkroom.birth/1\""))
    }
  }

  private static func write(_ journal: String, _ layout: GalleryLayout) throws {
    try FileSystem.createDirectory(layout.journalDirectory)
    try DurableFile.write(
      Array(journal.utf8), to: layout.journalDirectory + "/2026-11.jsonl")
  }

  /// A picture of the name it was given, without a place for what is embedded.
  private static func picture(_ layout: GalleryLayout) throws -> String {
    let directory = layout.root + "/2026-11-30"
    try FileSystem.createDirectory(directory)
    let path = directory + "/173931-75fh-1-the-lantern-at-night.jpg"
    try DurableFile.write(LostRecordTests.gif, to: path)
    return path
  }

  /// The lines of a record but for those about the file.
  private static func withoutFile(_ record: String) -> [Substring] {
    let lines = record.split(separator: "\n")
    guard let start = lines.firstIndex(of: "  \"file\" : {"),
      let end = lines[start...].firstIndex(of: "  },")
    else { return lines }
    return Array(lines[..<start] + lines[(end + 1)...])
  }

  /// As Darkroom wrote it on 2026-11-30, before there was a provenance.
  private static let journal = #"""
    {"check":"f66379aaecbc1043","client_request_id":"2026113017393110768CE1BFC404A464B3",\#
    "dialect":"sandbox","event":"intent",\#
    "fingerprint":{"digest":"send-fb5a1183594df5b8e30b136796de1fb1","isRepeat":false,\#
    "joinsEqual":false,"name":"send-fb5a1183594df5b8e30b136796de1fb1"},"job":"75fh",\#
    "provider":"sandbox","request":{"layers":false,"model":"seedream-4.5","n":1,\#
    "prompt":"the lantern at night","references":[{"bytes":953487,"format":"jpeg",\#
    "kind":"stored","origin":"hsyw-1",\#
    "sha256":"605a4ee64f70b3f1947b25765a8575c5fde72b36bcaf2743caecc00a10026490"}],\#
    "response_format":"url","size":"2K","stream":"auto","watermark":false,"web_search":false},\#
    "time":"2026-11-30T17:39:31.344+00:00"}
    {"check":"c8da923a093886dc","attempt":1,"event":"sent","job":"75fh",\#
    "time":"2026-11-30T17:39:31.347+00:00"}
    {"check":"2703c3a7819f9ab2",\#
    "address":"http://127.0.0.1:45857/files/seedream-4-5/0217960603713579d357a2656bccb0a4705b507d4a9954ea5a1fa_\#
    0.jpeg?X-Tos-Algorithm=TOS4-HMAC-SHA256&\#
    X-Tos-Credential=AKLTsandbox%2F20261130%2Flocal%2Ftos%2Frequest&X-Tos-Date=20261130T173931Z&\#
    X-Tos-Expires=86400&\#
    X-Tos-Signature=47d776f9a35df4ca250e3428117e01c7c1e99df3dba8c3510126de517a350dee&\#
    X-Tos-SignedHeaders=host",\#
    "event":"result","job":"75fh","number":1,"said":{"size":"2048x2048"},\#
    "time":"2026-11-30T17:39:31.905+00:00"}
    {"check":"de2fd2e81c9ffa38","count":1,"event":"finished","job":"75fh",\#
    "time":"2026-11-30T17:39:31.908+00:00"}
    {"check":"9003bacca3b33685","event":"done","job":"75fh","picture":"75fh-1",\#
    "time":"2026-11-30T17:39:31.926+00:00"}

    """#

  private static let record = #"""
    {
      "answered" : {
        "size" : "2048x2048"
      },
      "created" : "2026-11-30T17:39:31.912+00:00",
      "file" : {
        "bytes" : 983436,
        "format" : "jpeg",
        "height" : 2048,
        "name" : "173931-75fh-1-the-lantern-at-night.jpg",
        "received_sha256" : "cf42af0c7c04dcf3ef0d8c5f1a098a28ab2e12a9bcba16f70235d8b8cf16e59f",
        "sha256" : "b7763fc1f5ceb8de573974ab0d28f389f49761764bcf0c1c17cc042ee637bfb1",
        "width" : 2048
      },
      "id" : "75fh-1",
      "job" : "75fh",
      "parents" : [
        "hsyw-1"
      ],
      "program" : "Darkroom 0.1.0",
      "provider" : {
        "client_request_id" : "2026113017393110768CE1BFC404A464B3",
        "dialect" : "sandbox",
        "model" : "seedream-4-5-251128",
        "profile" : "sandbox",
        "request_id" : "0217960603713579d357a2656bccb0a4705b507d4a9954ea5a1fa"
      },
      "request" : {
        "layers" : false,
        "model" : "seedream-4.5",
        "n" : 1,
        "prompt" : "the lantern at night",
        "references" : [
          {
            "bytes" : 953487,
            "format" : "jpeg",
            "kind" : "stored",
            "origin" : "hsyw-1",
            "sha256" : "605a4ee64f70b3f1947b25765a8575c5fde72b36bcaf2743caecc00a10026490"
          }
        ],
        "response_format" : "url",
        "size" : "2K",
        "stream" : "auto",
        "watermark" : false,
        "web_search" : false
      },
      "schema" : "darkroom.birth/1",
      "set" : {
        "asked" : 1,
        "index" : 1
      },
      "source" : "generated",
      "timings" : {
        "finished" : "2026-11-30T17:39:31.913+00:00",
        "first_byte" : "2026-11-30T17:39:31.903+00:00",
        "sent" : "2026-11-30T17:39:31.347+00:00",
        "submitted" : "2026-11-30T17:39:31.344+00:00"
      },
      "usage" : {
        "generated_images" : 1,
        "output_tokens" : 16384,
        "total_tokens" : 16384
      }
    }

    """#
}
