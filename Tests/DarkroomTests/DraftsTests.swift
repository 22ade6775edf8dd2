import FoundationEssentials
import Screen
import TestSupport
import Testing

extension WholeProgramTests {
  /// What was typed and not sent, over several studios and configurations.
  @Suite struct DraftsTests {
    @Test func twoStudiosKeepTwoDrafts() throws {
      let home = try ProgramHome()
      let one = try home.open()
      try one.waitForService()
      let other = try home.open()
      try other.waitForService()
      try one.type("the words of the first studio")
      try one.waitFor("the words of the first studio")
      try other.type("draft B")
      try other.waitFor("draft B")
      try one.quit()
      try other.quit()

      let next = try home.open(size: Size(rows: 30, columns: 120))
      try next.waitFor("draft B")
      try next.waitFor("Another studio left a draft too: 'the words of the first")
      try next.type("\u{14}")
      try next.waitFor("the words of the first studio")
      try next.waitFor("draft B is put away") { !$0.contains("draft B") }
      // A further studio has the one that is left, and nobody writes over it.
      let further = try home.open()
      try further.waitFor("draft B")
      try further.type("!")
      try further.waitFor("draft B!")
      try next.quit()
      try further.quit()
      let last = try home.open()
      try last.waitFor("draft B!")
      try last.quit()
    }

    @Test func eachGalleryHasItsDraft() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type("for the first gallery")
      try session.waitFor("for the first gallery")
      try session.quit()
      let other = try home.open("--gallery", home.directory.path("elsewhere"))
      try other.waitForService()
      other.readOn(for: .milliseconds(80))
      try other.drain()
      #expect(!other.screen.contains("for the first gallery"))
      try other.quit()
      let again = try home.open()
      try again.waitFor("for the first gallery")
      try again.quit()
    }

    /// The words of the finding: a draft left at a paid provider was sent there, whatever the configuration said.
    @Test func theConfigurationChoosesTheProviderNotTheDraft() throws {
      let provider = try TestProvider()
      let home = try ProgramHome(configuration: provider.configuration)
      home.variables["HELD_KEY"] = TestProvider.key
      let session = try home.open(size: Size(rows: 30, columns: 120))
      try session.type("a koi in the rain")
      try session.waitFor("a koi in the rain")
      try session.waitFor("held: at most")
      try session.quit()
      let next = try home.open("--provider", "sandbox", size: Size(rows: 30, columns: 120))
      try next.waitFor("a koi in the rain")
      try next.waitFor("nothing is paid; the draft was for held")
      try next.quit()
    }

    @Test func tabCompletesAPath() throws {
      let home = try ProgramHome()
      let picture = try home.picture()
      let copy = try home.write(
        try #require(FileManager.default.contents(atPath: picture)).map(\.self), to: "wide koi.jpg")
      let session = try home.open(size: Size(rows: 30, columns: 120))
      try session.type("\u{1B}3a" + copy.dropLast(6) + "\t")
      try session.waitFor("wide koi.jpg")
      try session.type("\r")
      try session.waitFor("1 wide koi.jpg")
      #expect(session.screen.contains("References"))
      try session.quit()
    }
  }
}
