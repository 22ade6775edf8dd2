import App
import Gallery
import Posix
import Seedream
import Settings

/// Makes a reference of what was typed behind `--ref`.
struct ReferenceArgument {
  let text: String
  let paths: Paths

  /// - Throws: `CommandFailure` for what is nothing that can be sent, or cannot be read.
  func reference() throws -> Reference {
    let lowered = text.lowercased()
    if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") { return .url(text) }
    if lowered.hasPrefix("data:") {
      // The wire wants the type in small letters; the pixels after the comma are not touched.
      let head = text.prefix { $0 != "," }
      return .url(head.lowercased() + text.dropFirst(head.count))
    }
    if text == "-" { return .file(try received("/dev/stdin")) }
    if let path = try FileAddress.path(text) { return try file(path, mustExist: true) }
    if PictureID(text) != nil, !FileSystem.exists(text) { return .picture(text) }
    return try file(text, mustExist: false)
  }

  private var shown: String { printable(text.prefix(80)) }

  private func file(_ path: String, mustExist: Bool) throws -> Reference {
    let kind: FileInformation.Kind
    do {
      kind = try FileInformation(of: path).kind
    } catch {
      if mustExist || error.code != PosixError.doesNotExist {
        throw CommandFailure("reference '\(shown)' cannot be read: \(error.reason)")
      }
      if !path.isAbsolutePath, (try? FileSystem.workingDirectory()) == nil {
        _ = try Workspace.workingDirectory()
      }
      throw CommandFailure(
        "reference '\(shown)' is neither a file, nor an address, nor a data URI, "
          + "nor the id of a picture")
    }
    switch kind {
    case .directory: throw CommandFailure("reference '\(shown)' is a directory: name a picture")
    case .file:
      // One that was removed, or whose name is no text, is still open and can be read.
      guard let real = try? FileSystem.realPath(path) else { return .file(try received(path)) }
      return .file(real)
    default: return .file(try received(path))
    }
  }

  /// Reads what can be read once, such as a pipe, and keeps it in a file for the service, which stores it
  /// like any other reference.
  private func received(_ path: String) throws -> String {
    let limit = ReferenceBounds.maximumByteCount
    let isInput = StandardStream.descriptor(named: path) == 0
    if isInput, ThisProcess.isTerminal(0) {
      throw CommandFailure("reference '\(shown)': standard input is a terminal; pipe a picture in")
    }
    let bytes: [UInt8]
    do {
      bytes =
        isInput
        ? try StandardInput.read(limit: limit)
        : try StandardStream.readAll(of: path, limit: limit)
    } catch let error as PosixError {
      let reason = error.code == PosixError.tooLarge ? "it is larger than 30 MB" : error.reason
      throw CommandFailure("reference '\(shown)' cannot be read: \(reason)")
    }
    guard !bytes.isEmpty else { throw CommandFailure("reference '\(shown)': nothing came of it") }
    return try ReceivedFiles.keep(bytes, in: paths)
  }
}
