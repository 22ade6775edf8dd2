import Imaging
import Posix
import Seedream

/// Draws one picture after another on a thread of its own: drawing takes tenths of a second, and the
/// threads of the cooperative pool are as few as the machine's cores.
actor Easel {
  private let queue: WorkQueue

  init() throws(PosixError) { queue = try WorkQueue() }

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  /// Decodes the references of an order once, for all members of its set.
  func references(of order: ArkOrder) throws(ArkRefusal) -> [Pixels] {
    var pictures: [Pixels] = []
    for source in order.references {
      do {
        pictures.append(try source.pixels())
      } catch {
        throw ArkRefusal(
          status: 400, code: "InvalidImageURL.InvalidFormat",
          message: "The parameter `image` specified in the request is not valid: the image cannot "
            + "be decoded.", type: "BadRequest")
      }
    }
    return pictures
  }

  /// The bytes of one picture file.
  func draw(
    _ order: ArkOrder, _ index: Int, references: [Pixels]
  ) throws(ImagingError) -> [UInt8] {
    let pixels = try SandboxPainter.draw(
      .init(
        prompt: order.prompt, width: order.size.width, height: order.size.height,
        references: references, seed: order.seed, index: index, watermark: order.watermark))
    return order.format == .png
      ? try ImageEncoder.png(pixels) : try ImageEncoder.jpeg(pixels, quality: 92)
  }
}
