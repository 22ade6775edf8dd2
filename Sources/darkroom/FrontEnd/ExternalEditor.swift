import Posix
import Seedream

/// The user's own editor, for a text that outgrows the pane: `$VISUAL`, `$EDITOR`, else `vi`.
struct ExternalEditor {
  /// Where the text lies while it is edited.
  let directory: String

  struct Problem: Error {
    var message: String
  }

  /// Runs the editor on the terminal and waits for it. Nil where the text was left as it was.
  func edit(_ text: String) -> Result<String?, Problem> {
    let path = directory + "/prompt-\(ThisProcess.identifier).txt"
    var isWanted = false
    defer { if !isWanted { try? FileSystem.remove(path) } }
    var line = "vi"
    do {
      line = try Environment.text("VISUAL") ?? Environment.text("EDITOR") ?? line
      try FileSystem.createDirectory(directory, mode: 0o700)
      try DurableFile.write(Array(text.utf8), to: path, mode: 0o600, replacing: true)
      // The variable may hold a command with options, so a shell takes it apart.
      var child = try ChildProcess(
        ProcessSpec("/bin/sh", ["-c", line + " \"$1\"", "sh", path]), input: 0, output: 1,
        error: 2,
        session: .inherited)
      let status = try child.wait()
      guard status.isSuccess else {
        return .failure(
          Problem(message: "The editor '\(line)' ended with \(status); the prompt is as it was."))
      }
      isWanted = true
      let edited = try PromptText.read(try FileSystem.read(path, limit: 1 << 20))
      isWanted = false
      return .success(edited == text ? nil : edited)
    } catch let fault as PromptText.Fault {
      return .failure(
        Problem(
          message: "What the editor wrote \(fault.reason). The prompt is as it was; the text is in "
            + "\(printable(path))."))
    } catch {
      return .failure(Problem(message: "The editor '\(line)' cannot be used: \(error)."))
    }
  }
}
