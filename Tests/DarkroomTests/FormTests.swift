import FoundationEssentials
import Gallery
import Imaging
import Posix
import Screen
import Seedream
import TestSupport
import Testing

extension WholeProgramTests {
  /// What is put together before a prompt is sent, and what is said when it cannot be.
  @Suite struct FormTests {
    @Test func anEmptyPromptIsRefusedInPlace() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type(Keys.send)
      try session.waitFor("The prompt is empty")
      try session.type("now with words")
      try session.waitFor("now with words")
      try session.quit()
    }

    @Test func aRefusedSizeIsSaidInPlaceAndTheTextStays() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type("a prompt worth keeping")
      try session.type(Keys.parameters + "j100x100\r")
      try session.waitFor("100x100 is too small")
      try session.waitFor("960x960")
      try session.type(Keys.send)
      try session.waitFor("✗ 100x100 is too small")
      #expect(session.screen.contains("a prompt worth keeping"))
      #expect(session.screen.title == "Darkroom")
      try session.type("1K\r" + Keys.send)
      try session.waitFor("is done.")
      let path = try #require(try home.pictures.first)
      let size = try PixelDecoder.header(file: path)
      #expect(size.width * size.height >= 1024 * 1024 * 9 / 10)
      try session.quit()
    }

    @Test func aReferenceIsAddedByItsPath() throws {
      let home = try ProgramHome()
      let bytes = [UInt8](repeating: 200, count: 64 * 48 * 4)
      let picture = try home.write(
        ImageEncoder.png(Pixels(width: 64, height: 48, bytes: bytes)), to: "fog bank.png")
      let session = try home.open()
      try session.type(Keys.references + "a" + picture + "\r")
      try session.waitFor("64x48")
      #expect(session.screen.contains("fog bank.png"))
      try session.type("\u{1B}1in the fog of the first picture" + Keys.send)
      try session.waitFor("is done.")
      let record = try BirthRecord(ofPicture: try #require(try home.pictures.first))
      guard case .stored(let stored)? = record.origin.request?.references.first else {
        Issue.record("the record names no reference")
        return
      }
      let kept = try #require(
        GalleryLayout(root: home.gallery).reference(sha256: stored.sha256))
      #expect(
        FileManager.default.contents(atPath: kept) == FileManager.default.contents(atPath: picture))
      try session.quit()
    }

    @Test func aReferenceThatIsNoPictureStaysInItsLine() throws {
      let home = try ProgramHome()
      let text = try home.write(Array("only words\n".utf8), to: "letter.txt")
      let session = try home.open()
      try session.type(Keys.references + "a" + text + "\r")
      // The length of the path decides where the sentence breaks.
      try session.waitFor("what is wrong with it") { screen in
        let words = screen.text.split(whereSeparator: \.isWhitespace)
        return words.joined(separator: " ").contains("This is not a JPEG")
      }
      #expect(session.screen.contains("letter.txt"))
      try session.type("\u{15}" + home.directory.path("nowhere.png") + "\r")
      try session.waitFor("The file is missing")
      try session.quit()
    }

    @Test func theSettingsReachTheForm() throws {
      let home = try ProgramHome(
        configuration: "model: seedream-4.0\nsize: 1K\ncount: 3\nwatermark: true\n")
      let session = try home.open()
      for (label, value) in [
        ("Model", "Seedream 4.0"), ("Size", "1K"), ("Pictures", "3"), ("Watermark", "on"),
      ] {
        try session.waitFor("\(label) \(value)") { screen in
          screen.rows.contains { row in
            row.contains("\(label) ")
              && row.replacing(#/ +/#, with: " ").contains("\(label) \(value) ")
          }
        }
      }
      try session.quit()
    }

    @Test func aDraftIsThereAtTheNextStart() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type("half a thought 半个想法")
      try session.waitFor("半个想法")
      try session.quit()
      let again = try home.open()
      try again.waitFor("half a thought 半个想法")
      try again.quit()
    }

    @Test func aProviderThatIsAskedForGoesBeforeTheDraftsOwn() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.waitFor("sandbox")
      try session.type("words")
      try session.waitFor("words")
      try session.quit()
      let again = try home.open("--provider", "ark")
      try again.waitFor("words")
      try again.waitFor("ark: no key found")
      try again.quit()
    }

    @Test func thePersonsOwnEditorTakesThePrompt() throws {
      let home = try ProgramHome()
      let script = try home.write(
        Array("#!/bin/sh\necho 'and more, written elsewhere' >> \"$1\"\n".utf8), to: "editor")
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
      home.variables["VISUAL"] = script
      let session = try home.open()
      try session.type("begun here ")
      try session.waitFor("begun here")
      try session.type(Keys.editor)
      try session.waitFor("and more, written elsewhere")
      #expect(session.screen.contains("begun here"))
      try session.quit()
      try session.expectRestored()
    }

    @Test func theFirstFrameNeedsNoService() throws {
      let home = try ProgramHome()
      home.variables["DARKROOM_GALLERY"] = try home.write([], to: "obstacle") + "/below"
      let session = try home.open()
      try session.waitFor("The gallery cannot be")
      try session.type("still here" + Keys.send)
      try session.waitFor("✗")
      #expect(session.screen.contains("still here"))
      try session.quit()
      try session.expectRestored()
    }
  }
}
