import Gallery
import Imaging
import Interface
import Posix
import Screen

/// Makes pictures of cells: from the cache on the disk, or by a decoder in another process.
final class PreviewLoader: Sendable {
  private let blobs: any BlobStore
  private let decoder: DecodeHelper

  init(blobs: any BlobStore, decoder: DecodeHelper) {
    self.blobs = blobs
    self.decoder = decoder
  }

  /// Answers a `loadPreview`, unless another one is wanted by then. Waits for the disk.
  func load(_ key: PreviewKey, answer: @Sendable (AppAction) -> Void) async {
    let file: OpenPicture
    do throws(PosixError) {
      guard let path = blobs.localPath(of: .picture(key.file)) else {
        throw PosixError("read", code: PosixError.doesNotExist)
      }
      file = try OpenPicture(path)
    } catch {
      return answer(
        .previewFailed(key, message: "The file is missing, not readable or not a regular file."))
    }
    let view = BlobID.thumbnail(
      ThumbnailName(of: file.information, imageHash: key.imageHash, form: form(key)))
    let kept = try? blobs.read(view, limit: PreviewFormat.byteCount(key.columns, key.rows))
    if let picture = kept.flatMap({ picture($0, for: key) }) {
      return answer(.previewLoaded(key, picture))
    }
    // The terminal's painter maps colours down.
    let preview = SymbolPreview(
      columns: key.columns, rows: key.rows, colors: key.drawing.usesColor ? .truecolor : .none,
      shapes: key.drawing.drawsSextants ? .sextants : .quadrants)
    switch await decoder.decode(file, preview) {
    case .cells(let cells):
      guard let picture = picture(cells, for: key) else {
        return answer(
          .previewFailed(
            key, message: "The picture cannot be shown: its decoder answered what is no picture."))
      }
      if !Task.isCancelled { answer(.previewLoaded(key, picture)) }
      try? blobs.write(cells, as: view, replacing: true)
    case .failed(let message):
      if !Task.isCancelled { answer(.previewFailed(key, message: message)) }
    case .superseded: break
    }
  }

  private func picture(_ cells: [UInt8], for key: PreviewKey) -> CellPicture? {
    PreviewFormat.decode(cells, fitting: Size(rows: key.rows, columns: key.columns))
  }

  /// What kind of view it is, and which way of making it: a change of that begins anew.
  private func form(_ key: PreviewKey) -> String {
    let colors = key.drawing.usesColor ? "truecolor" : "plain"
    let shapes = key.drawing.drawsSextants ? "sextants" : "quadrants"
    return "\(key.columns)x\(key.rows)-\(colors)-\(shapes)-1"
  }
}
