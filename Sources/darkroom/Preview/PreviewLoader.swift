import Interface
import Posix
import Screen
import Synchronization

/// Makes pictures of cells by running the decoder: `darkroom decode`, one process a picture, under
/// limits, so that a hostile file can harm nothing else. The newest pictures are kept.
final class PreviewLoader: Sendable {
  private struct Kept {
    var pictures: [PreviewKey: CellPicture] = [:]
    var order: [PreviewKey] = []
  }

  private static let keptCount = 64
  private let colors: String
  private let shapes: String
  private let kept = Mutex(Kept())

  /// - Parameters:
  ///   - colors: What `darkroom decode --colors` takes.
  ///   - shapes: What `darkroom decode --shapes` takes.
  init(colors: String, shapes: String) {
    self.shapes = shapes
    self.colors = colors
  }

  /// The action that answers a `loadPreview`, or nil where the task was cancelled.
  func load(_ key: PreviewKey) async -> AppAction? {
    if let picture = kept.withLock({ $0.pictures[key] }) { return .previewLoaded(key, picture) }
    let command = Posix.Command.thisProgram(
      [
        "decode", "--columns", "\(key.columns)", "--rows", "\(key.rows)", "--colors", colors,
        "--shapes", shapes, "--",
        key.path,
      ],
      // Nothing of ours, a key least of all, for a process that strangers may come to command.
      environment: ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"],
      limits: ResourceLimits(addressSpace: 1 << 30, processorSeconds: 10, coreDump: false))
    do {
      let result = try await command.run(
        timeLimit: .seconds(20), outputLimit: 4 + key.columns * key.rows * 12 + 1024)
      if Task.isCancelled { return nil }
      let limit = Size(rows: key.rows, columns: key.columns)
      if result.status.isSuccess, let picture = PreviewFormat.decode(result.output, fitting: limit)
      {
        keep(picture, for: key)
        return .previewLoaded(key, picture)
      }
      let said = String(decoding: result.errorOutput.prefix(300), as: UTF8.self)
      let reason = said.split(separator: "\n").last.map(String.init)
      return .previewFailed(
        key, message: reason ?? "The picture cannot be shown: its decoder \(result.status).")
    } catch {
      if Task.isCancelled { return nil }
      return .previewFailed(key, message: "The picture cannot be shown: \(error).")
    }
  }

  private func keep(_ picture: CellPicture, for key: PreviewKey) {
    kept.withLock { kept in
      if kept.pictures.updateValue(picture, forKey: key) == nil { kept.order.append(key) }
      if kept.order.count > Self.keptCount {
        kept.pictures.removeValue(forKey: kept.order.removeFirst())
      }
    }
  }
}
