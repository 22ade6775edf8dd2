import Imaging
import Posix
import SandboxArt
import Seedream

/// Draws one picture after another on a thread of its own: drawing takes tenths of a second, and the
/// threads of the cooperative pool are as few as the machine's cores.
actor DrawingQueue {
  private let queue: WorkQueue

  init() throws(PosixError) { queue = try WorkQueue() }

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  /// Decodes the references of an order once, for all members of its set.
  func references(of order: ArkOrder) throws(ArkRefusal) -> [Pixels] {
    var pictures: [Pixels] = []
    for source in order.references {
      if order.needsTransparency { try Self.checkTransparency(of: source) }
      do {
        pictures.append(try source.pixels())
      } catch {
        throw ArkRefusal(
          status: 400, code: "InvalidImageURL.InvalidFormat",
          message: ServiceWords.invalid("image", "the image cannot be decoded."), type: "BadRequest"
        )
      }
    }
    return pictures
  }

  /// A stand-in is drawn as transparent as need be.
  private static func checkTransparency(of source: ReferenceSource) throws(ArkRefusal) {
    guard case .bytes(let bytes) = source else { return }
    // At its full size: a single pixel is enough.
    let isTransparent =
      ImageHeader.read(bytes)?.format == .png
      && (try? PixelDecoder.decode(bytes: bytes))?.isOpaque == false
    guard isTransparent else {
      throw .invalid(
        "image", "transparent background requires a PNG input with at least one transparent pixel",
        named: true)
    }
  }

  /// The bytes of one picture file.
  func draw(
    _ order: ArkOrder, _ index: Int, references: [Pixels]
  ) throws(ImagingError) -> [UInt8] {
    let painted = SandboxPainter.Order(
      prompt: order.prompt, width: order.size.width, height: order.size.height,
      references: references, seed: order.seed, index: index, watermark: order.watermark,
      isCutOut: order.isTransparent)
    let pixels = try SandboxPainter.draw(painted)
    let file =
      order.format == .png
      ? try ImageEncoder.png(pixels) : try ImageEncoder.jpeg(pixels, quality: 92)
    return SceneMark(painted)?.embedded(in: file) ?? file
  }
}
