package import Gallery
import Posix

/// Makes a picture small enough to be sent, in a process of its own: decoding is C code that reads bytes
/// of strangers.
///
/// The helper is called as `EXECUTABLE ARGUMENTS… --bytes N --pixels N FILE`. It writes the picture, upright
/// as its EXIF orientation says and without metadata, as JPEG, or as PNG where it has transparency, to
/// standard output; at most N bytes and N pixels. Or it ends with another status than 0 and one sentence
/// on standard error.
package struct ReferenceReducer: Equatable, Sendable {
  /// Nil for this very program, as it is running.
  package var executable: String?
  package var arguments: [String]

  package init(executable: String? = nil, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }

  /// The bytes of the smaller picture. Throws `tooLarge` with the reason why there is none.
  package func reduce(_ path: String, bytes: Int, pixels: Int) async throws(GalleryError) -> [UInt8]
  {
    let words = arguments + ["--bytes", "\(bytes)", "--pixels", "\(pixels)", path]
    let limits = ResourceLimits(addressSpace: 2 << 30, processorSeconds: 60, coreDump: false)
    let command =
      executable.map { ProcessSpec($0, words, limits: limits) }
      ?? .thisProgram(words, limits: limits)
    let output: ProcessOutput
    do {
      output = try await command.run(timeLimit: .seconds(60), outputLimit: bytes + 1)
    } catch {
      throw GalleryError(
        .tooLarge, "\(printable(path)) is too large and cannot be made smaller: \(error).")
    }
    guard output.status.isSuccess, !output.timedOut, !output.isCut, !output.output.isEmpty else {
      let said =
        String(decoding: output.errorOutput.prefix(300), as: UTF8.self)
        .split(separator: "\n").first.map { ": " + printable(String($0)) } ?? "."
      throw GalleryError(
        .tooLarge, "\(printable(path)) is too large and could not be made smaller\(said)")
    }
    return output.output
  }
}
