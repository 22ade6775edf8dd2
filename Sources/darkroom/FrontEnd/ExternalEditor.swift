import Posix

/// The person's own editor, for a text that outgrows the pane: `$VISUAL`, `$EDITOR`, else `vi`.
struct ExternalEditor {
  /// Where the text lies while it is edited.
  let directory: String

  struct Problem: Error {
    var message: String
  }

  /// Runs the editor on the terminal and waits for it. Nil where the text was left as it was.
  func edit(_ text: String) -> Result<String?, Problem> {
    let path = directory + "/prompt-\(ThisProcess.identifier).txt"
    let line =
      [Environment.value("VISUAL"), Environment.value("EDITOR")].compactMap(\.self)
      .first { !$0.isEmpty } ?? "vi"
    defer { try? FileSystem.remove(path) }
    do {
      try FileSystem.createDirectory(directory, mode: 0o700)
      try DurableFile.write(Array(text.utf8), to: path, mode: 0o600, replacing: true)
      // The variable may hold a command with options, so a shell takes it apart.
      var child = try ChildProcess(
        Posix.Command("/bin/sh", ["-c", line + " \"$1\"", "sh", path]), input: 0, output: 1,
        error: 2,
        session: .inherited)
      let status = try child.wait()
      guard status.isSuccess else {
        return .failure(
          Problem(message: "The editor '\(line)' \(status); the prompt is as it was."))
      }
      let edited = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
      return .success(edited == text ? nil : edited)
    } catch {
      return .failure(Problem(message: "The editor '\(line)' cannot be used: \(error)."))
    }
  }
}
