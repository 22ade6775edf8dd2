import Gallery
import HTTP
import Jobs
import Posix
import Seedream
import TestSupport
import Testing

@testable import Studio

@Suite(.timeLimit(.minutes(5))) struct TrashTests {
  @Test func aPictureGoesAndComesBackOverTheSocket() async throws {
    let bench = try await Bench()
    let socket = bench.directory.path("control")
    let server = try ControlServer(
      studio: bench.studio, greeting: ServiceGreeting(version: "0", processID: 7, gallery: "/g"),
      socket: socket, onStop: {})
    defer { server.stop() }
    let client = StudioClient(socket: socket)
    let picture = try #require(try await bench.run(small()).pictures.first)
    let job = String(try #require(picture.id.split(separator: "-").first))

    let item = try await client.trash(picture.id)
    let place = bench.layout.path(relative: item.file)
    #expect(item.id == picture.id && item.prompt == "a red lantern in fog")
    #expect(FileSystem.exists(place) && !FileSystem.exists(bench.path(of: picture)))
    #expect(try await client.trash() == [item])
    let inTrash = try await client.job(job).pictures.first
    #expect(inTrash?.file == item.file && inTrash?.trashed == item.trashed)

    #expect(try await client.restore(picture.id) == [picture])
    #expect(try await client.job(job).pictures == [picture])
    let journal = try bench.journal(of: job)
    let id = try #require(PictureID(picture.id))
    #expect(journal.suffix(2) == [.trashed(id), .restored(id)])

    _ = try await client.trash(job)
    let none = await studioError { _ = try await client.erase([]) }
    #expect(none?.message == "Nothing is erased without its name.")
    let wrong = await studioError { _ = try await client.erase([picture.id, "zzzz-1"]) }
    #expect(wrong?.message.contains("'zzzz-1'; nothing was erased") == true)
    let short = await studioError { _ = try await client.erase([job]) }
    #expect(short?.message.contains("nothing was erased") == true)
    #expect(FileSystem.exists(place))
    #expect(try await client.erase([picture.id]) == [])
    #expect(!FileSystem.exists(place) && !FileSystem.exists(place + ".json"))
    #expect(try bench.journal(of: job).last == .erased(id))
    let gone = await studioError { _ = try await client.restore(picture.id) }
    #expect(gone?.message.contains("No picture in the trash has the id") == true)
  }

  @Test func everybodyWhoListensHearsOfIt() async throws {
    let bench = try await Bench()
    let picture = try #require(try await bench.run(small()).pictures.first)
    let listener = bench.studio.hub.listen()
    defer { bench.studio.hub.remove(listener) }
    _ = try await bench.studio.trash(picture.id)
    #expect(await listener.next() == [.gallery])
    _ = try await bench.studio.restore(picture.id)
    #expect(await listener.next() == [.gallery])
  }

  /// A reference names a picture, and the picture is there: in the trash too.
  @Test func aReferenceToAPictureInTheTrashWorks() async throws {
    let bench = try await Bench()
    let picture = try #require(try await bench.run(small()).pictures.first)
    _ = try await bench.studio.trash(picture.id)
    let child = try await bench.run(small("brighter", references: [.picture(picture.id)]))
    #expect(child.state == .done)
    let record = try bench.record(of: try #require(child.pictures.first))
    #expect(record.origin.parents.map(\.description) == [picture.id])
    _ = try await bench.studio.erase([picture.id])
    // What was made from it is as it was, and only the picture itself is gone.
    #expect(try bench.record(of: try #require(child.pictures.first)) == record)
    let error = await studioError {
      _ = try await bench.run(small("again", references: [.picture(picture.id)]))
    }
    #expect(error?.message.contains("No picture of this gallery has the id") == true)
  }

  /// The next service misses nothing, whatever of the end of a job is in the journal.
  @Test(arguments: [false, true]) func whatIsInTheTrashIsNotFetchedAgain(isErased: Bool)
    async throws
  {
    let (bench, picture) = try await Bench.restarted { first in
      let picture = try #require(try await first.run(small()).pictures.first)
      _ = try await first.studio.trash(picture.id)
      if isErased { try await first.studio.erase([picture.id]) }
      // As if the service had died between the index row and the line that says it is done.
      let path = first.layout.journal(Timestamp.now())
      let lines = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
        .split(separator: "\n").filter { !$0.contains("\"event\":\"done\"") }
      try DurableFile.write(
        Array((lines.joined(separator: "\n") + "\n").utf8), to: path, replacing: true)
      return picture
    }
    let jobs = await bench.studio.jobs()
    #expect(jobs.map(\.state) == [.done])
    #expect(jobs.first?.pictures.map(\.id) == (isErased ? [] : [picture.id]))
    #expect(try GalleryAccess(bench.layout).makeIndex().count() == 0)
    let error = await studioError {
      _ = try await bench.studio.fetch(picture.id.prefix { $0 != "-" } + "")
    }
    #expect(error?.message.contains("misses no picture") == true)
  }
}
