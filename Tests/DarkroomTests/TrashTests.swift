import Gallery
import Posix
import Seedream
import TestSupport
import Testing

extension WholeProgramTests {
  /// Away with a picture and back, with the commands and in the front end.
  @Suite struct TrashTests {
    @Test func commandsTrashRestoreAndErase() throws {
      let home = try ProgramHome()
      let path = try #require(try home.run("generate", "a lantern in fog").lines.first)
      let id = try BirthRecord(ofPicture: path).origin.id.description
      #expect(try home.run("trash").narration.contains("the trash is empty"))
      let trashed = try home.run("trash", id)
      #expect(trashed.status == .exited(0))
      #expect(trashed.narration.contains("'darkroom restore \(id)' brings it back"))
      #expect(try home.pictures == [] && !FileSystem.exists(path))
      #expect(try home.run("search", "lantern").status == .exited(1))
      #expect(try home.run("trash", "--list").output.hasPrefix(id))
      let shown = try home.run("show", id)
      #expect(shown.output.contains("a lantern in fog"))
      #expect(shown.narration.contains("is in the trash"))
      // A reference to it works, and says where it came from.
      let child = try #require(try home.run("generate", "--ref", id, "brighter").lines.first)
      #expect(try BirthRecord(ofPicture: child).origin.parents.map(\.description) == [id])

      #expect(try home.run("restore", id).lines == [path])
      #expect(try home.run("search", "lantern", "--paths").lines == [path])
      #expect(try home.run("trash", id, "zzzz-1").status == .exited(3))

      let unnamed = try home.run("trash", "--erase")
      #expect(unnamed.status == .exited(2) && FileSystem.exists(home.gallery + "/.darkroom/trash"))
      #expect(try home.run("trash", "--erase", String(id.prefix(4))).status == .exited(1))
      #expect(try home.run("trash").lines.count == 1)
      #expect(try home.run("trash", "--erase", id).narration.contains("in the trash: 0"))
      #expect(try home.run("trash").lines == [])
      #expect(try home.run("restore", id).status == .exited(1))
    }

    @Test func theBaseOfASplitGoesWithItsLayersAndALayerAlone() throws {
      let home = try ProgramHome()
      let source = try home.picture(of: "a lantern over a house")
      let made = try home.run("generate", "-m", "5.5", "--layers", "-r", source).lines
      #expect(made.count > 2)
      let job = try BirthRecord(ofPicture: try #require(made.first)).origin.id.job
      let (base, layer) = ("\(job)-1", "\(job)-2")
      let alone = try home.run("trash", layer)
      #expect(alone.narration.contains("\(layer) is in the trash"))
      #expect(made.filter(FileSystem.exists).count == made.count - 1)
      let words = "\(base) and \(made.count - 2) layer"
      let all = try home.run("trash", base)
      #expect(all.narration.contains(words), "\(all.narration)")
      #expect(made.filter(FileSystem.exists).isEmpty)
      #expect(try home.run("trash").lines.count == 2, "one line for what went together")
      #expect(try home.run("restore", base).lines == made.filter { !$0.contains(layer) })
      #expect(made.filter(FileSystem.exists).count == made.count - 1)
      _ = try home.run("trash", base)
      let erased = try home.run("trash", "--erase", base)
      #expect(erased.narration.contains("erased \(words)"), "\(erased.narration)")
      #expect(erased.narration.contains("in the trash: 1"))
      #expect(try home.run("restore", layer).lines.count == 1)
    }

    @Test func aKeyTrashesAndAKeyTakesItBack() throws {
      let home = try ProgramHome()
      let path = try #require(try home.run("generate", "a lantern in fog").lines.first)
      let id = try BirthRecord(ofPicture: path).origin.id.description
      let session = try home.open()
      try session.waitFor("960x960 Seedream")
      try session.type(Keys.history + "d")
      try session.waitFor("\(id) is in the trash; u takes it back.")
      try session.waitFor("no picture on the list") { !$0.contains("a lantern in fog") }
      #expect(!FileSystem.exists(path))
      try session.type("u")
      try session.waitFor("\(id) is back.")
      try session.waitFor("960x960 Seedream")
      #expect(FileSystem.exists(path) && FileSystem.exists(path + ".json"))
      // What another process does is seen here.
      #expect(try home.run("trash", id).status == .exited(0))
      try session.waitFor("no picture on the list") { !$0.contains("a lantern in fog") }
      #expect(try home.run("restore", id).status == .exited(0))
      try session.waitFor("a lantern in fog")
      try session.quit()
      try session.expectRestored()
    }
  }
}
