import FoundationEssentials
import Jobs
import Testing

@testable import Studio

/// What a service of an older program says to a client of today.
@Suite("Older services") struct OlderServiceTests {
  @Test(arguments: [
    ("/home/ann/Pictures/2026-11-21/1.jpg", "2026-11-21/1.jpg"),
    ("/g/.darkroom/trash/2026-11-21/1.jpg", ".darkroom/trash/2026-11-21/1.jpg"),
    ("/trash/2026-11-21/1.jpg", "2026-11-21/1.jpg"),
  ])
  func tellFilesByTheirPaths(path: String, file: String) throws {
    let picture = """
      {"byteCount":4,"created":5,"height":3,"id":"k7f2-1","path":"\(path)","width":2}
      """
    #expect(
      try JSONDecoder.ofService.decode(SavedPicture.self, from: Data(picture.utf8))
        == SavedPicture(id: "k7f2-1", file: file, width: 2, height: 3, byteCount: 4, created: 5))
    let trashed = """
      {"byteCount":4,"created":5,"height":3,"id":"k7f2-1","path":"\(path)","prompt":"fog",\
      "trashed":6,"width":2}
      """
    #expect(
      try JSONDecoder.ofService.decode(TrashItem.self, from: Data(trashed.utf8)).file == file)
  }
}
