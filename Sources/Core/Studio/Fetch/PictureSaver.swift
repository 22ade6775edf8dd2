import Gallery
import Seedream

/// Brings drawn pictures of one job into the gallery.
struct PictureSaver: Sendable {
  let origin: Origin
  let sent: Timestamp?
  let bench: Workbench

  /// Fetches one picture where it is not here yet, and files it.
  ///
  /// - Parameter reply: What the reply has said about itself by the time the picture is here.
  func save(
    _ index: Int, _ source: PictureSource, reply: @Sendable () -> ReplyFacts
  ) async -> JobStatus.Member {
    do throws(PictureLoss) {
      let bytes = try await bytes(of: source, index)
      let birth = origin.birth(index + 1, sent: sent, reply: reply())
      do throws(GalleryError) {
        return .init(index: index, outcome: .saved(try await bench.archive.save(bytes, birth)))
      } catch {
        throw PictureLoss(error, of: source)
      }
    } catch {
      return .init(index: index, error)
    }
  }

  private func bytes(
    of source: PictureSource, _ index: Int
  ) async throws(PictureLoss) -> PictureBytes {
    switch source {
    case .bytes(let bytes): return bytes
    case .address(let address):
      return try await PictureDownload(
        address: address, layout: bench.archive.layout, client: bench.client,
        retries: bench.retries
      ).run()
    case .leftover(let path):
      do {
        let id = PictureID(job: origin.job, number: index + 1)
        return try await bench.archive.leftover(path, of: id)
      } catch {
        throw PictureLoss(error, of: source)
      }
    }
  }
}
