import Imaging
import Interface
import Posix
import Screen
import Synchronization

/// Makes pictures of cells, by a decoder in another process. The newest are kept.
final class PreviewLoader: Sendable {
  private struct Kept {
    var pictures: [PreviewKey: CellPicture] = [:]
    var order: [PreviewKey] = []
  }

  private static let keptCount = 64
  private let colors: SymbolColors
  private let shapes: SymbolShapes
  private let decoder: DecodeHelper
  private let kept = Mutex(Kept())

  init(colors: SymbolColors, shapes: SymbolShapes, decoder: DecodeHelper) {
    self.colors = colors
    self.shapes = shapes
    self.decoder = decoder
  }

  /// The action that answers a `loadPreview`, or nil where another one is wanted by now. Waits for the disk.
  func load(_ key: PreviewKey) async -> AppAction? {
    if let picture = kept.withLock({ $0.pictures[key] }) { return .previewLoaded(key, picture) }
    let file: OpenPicture
    do throws(PosixError) {
      file = try OpenPicture(key.path)
    } catch {
      return .previewFailed(
        key, message: "The file is missing, not readable or not a regular file.")
    }
    let preview = SymbolPreview(
      columns: key.columns, rows: key.rows, colors: colors, shapes: shapes)
    switch await decoder.decode(file, preview) {
    case .cells(let cells):
      let limit = Size(rows: key.rows, columns: key.columns)
      guard let picture = PreviewFormat.decode(cells, fitting: limit) else {
        return .previewFailed(
          key, message: "The picture cannot be shown: its decoder answered what is no picture.")
      }
      keep(picture, for: key)
      return Task.isCancelled ? nil : .previewLoaded(key, picture)
    case .failed(let message): return Task.isCancelled ? nil : .previewFailed(key, message: message)
    case .superseded: return nil
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
