import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// What a start waits for before the first frame, and what the front end holds in memory.
  @Suite struct StartTests {
    /// ld.so(8) lists what it would load and runs nothing.
    @Test(.enabled(if: StartTests.hasStubs, "elsewhere the libraries are linked as usual"))
    func onlyWhatTheFirstFrameNeedsIsLoaded() throws {
      let home = try ProgramHome()
      let listed = try home.bash("LD_TRACE_LOADED_OBJECTS=1 \"$D\"")
      #expect(listed.output.contains("libncursesw.so"), "what ld.so lists is read")
      expectNoneOfTheOthers(in: listed.output)
    }

    /// Nor does anything open them later: the service and the decoder are processes of their own.
    @Test(.enabled(if: StartTests.hasStubs, "elsewhere the libraries are linked as usual"))
    func theFrontEndNeedsNoMoreForAPictureAndItsPreview() throws {
      let home = try ProgramHome()
      let session = try home.open()
      try session.type("a red lantern" + Keys.send)
      try session.waitFor("is done.")
      try session.waitFor("a preview in colour") { screen in
        let cells = (2..<15).flatMap { row in (52..<98).map { screen[row, $0] } }
        return Set(cells.map { "\($0.background)" }).count > 8
      }
      let mapped = try FileSystem.read(
        "/proc/\(session.processIdentifier)/maps", limit: 1 << 20)
      let text = String(decoding: mapped, as: UTF8.self)
      #expect(text.contains("libncursesw.so"), "what it has mapped is read")
      expectNoneOfTheOthers(in: text)
      try session.quit()
    }

    private func expectNoneOfTheOthers(in listed: String) {
      for library in [
        "libcurl", "libssl", "libmicrohttpd", "libgnutls", "libgdk_pixbuf", "libglib", "libchafa",
        "libcairo", "libX11", "libbrotlidec", "libzstd",
      ] {
        #expect(!listed.contains("\(library)-") && !listed.contains("\(library)."), "\(library)")
      }
    }

    static var hasStubs: Bool {
      #if arch(x86_64)
        true
      #else
        false
      #endif
    }
  }
}
