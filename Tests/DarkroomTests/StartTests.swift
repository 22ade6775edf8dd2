import Posix
import TestSupport
import Testing

extension WholeProgramTests {
  /// What a start waits for before the first frame.
  @Suite struct StartTests {
    /// ld.so(8) lists what it would load and runs nothing.
    @Test(.enabled(if: StartTests.hasStubs, "elsewhere the libraries are linked as usual"))
    func onlyWhatTheFirstFrameNeedsIsLoaded() throws {
      let home = try ProgramHome()
      let listed = try home.bash("LD_TRACE_LOADED_OBJECTS=1 \"$D\"")
      #expect(listed.output.contains("libncursesw.so"), "what ld.so lists is read")
      for library in [
        "libcurl", "libssl", "libmicrohttpd", "libgnutls", "libgdk_pixbuf", "libglib", "libchafa",
        "libcairo", "libX11", "libbrotlidec", "libzstd",
      ] {
        #expect(!listed.output.contains("\(library)-") && !listed.output.contains("\(library)."))
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
