import Imaging
import SandboxArt
import Seedream

/// One picture of a reply, as its file.
struct DrawnPicture: Sendable {
  /// What the reply says of it.
  struct Facts: Sendable {
    var size: PixelSize
    /// Where it lies, for a picture that was split.
    var layer: PictureLayer?
  }

  var bytes: [UInt8]
  var facts: Facts
}

extension DrawingQueue {
  /// Splits the one reference into the layers it was drawn of, where it is a drawing of the sandbox; into a
  /// background and what is in the middle, where it is not.
  func layers(of order: ArkOrder) throws(ArkRefusal) -> [DrawnPicture] {
    let file: [UInt8]
    switch order.references[0] {
    case .bytes(let bytes): file = bytes
    case .url: file = try encoded(try stand(in: order.references[0]))
    }
    try Self.check(file, of: order)
    let layers: [LayerSplit.Layer]
    do throws(ImagingError) {
      layers = try split(file, order)
    } catch {
      throw .failed
    }
    let base = PixelSize(layers[0].pixels.width, layers[0].pixels.height)
    var pictures: [DrawnPicture] = []
    for (index, layer) in layers.enumerated() {
      let size = PixelSize(layer.pixels.width, layer.pixels.height)
      let box = PictureLayer.Box(
        left: layer.left, top: layer.top, right: layer.left + size.width,
        bottom: layer.top + size.height)
      pictures.append(
        DrawnPicture(
          bytes: try encoded(layer.pixels),
          facts: .init(
            size: size,
            layer: PictureLayer(
              order: index, name: layer.name, description: layer.description,
              box: index == 0 ? nil : box,
              normalized: index == 0 ? nil : box.normalized(on: base)))))
    }
    return pictures
  }

  /// The bounds of a split: Image generation API (doc 1541523).
  private static func check(_ file: [UInt8], of order: ArkOrder) throws(ArkRefusal) {
    guard let header = ImageHeader.read(file) else { return }
    guard order.splits.contains(header.format.rawValue) else {
      throw .invalid(
        "image", "layer decomposition requires a \(order.splits.joined(separator: ", ")) input")
    }
    guard header.width * header.height >= 262_144 else {
      throw .invalid("image", "image size must be at least 262144 pixels")
    }
  }

  private func split(
    _ file: [UInt8], _ order: ArkOrder
  ) throws(ImagingError) -> [LayerSplit.Layer] {
    if let mark = SceneMark(in: file) {
      var own = mark.order
      if let size = order.layerSize { (own.width, own.height) = (size.width, size.height) }
      let layers = try LayerSplit.layers(of: own, limit: order.layerLimit)
      // It may have been painted over since.
      if try Self.resemble(
        LayerSplit.composed(layers), try PixelDecoder.decode(bytes: file, fitting: 64))
      {
        return layers
      }
    }
    let longest = order.layerSize.map { max($0.width, $0.height) } ?? 4096
    return try LayerSplit.layers(
      ofForeign: try PixelDecoder.decode(bytes: file, fitting: longest))
  }

  /// Whether two pictures look the same from afar.
  private static func resemble(_ one: Pixels, _ small: Pixels) throws(ImagingError) -> Bool {
    let other = try Drawing(one).resized(width: small.width, height: small.height).pixels()
    var difference = 0
    for (first, second) in zip(other.bytes, small.bytes) {
      difference += abs(Int(first) - Int(second))
    }
    return difference < small.bytes.count * 10
  }

  private func stand(in source: ReferenceSource) throws(ArkRefusal) -> Pixels {
    do throws(ImagingError) {
      return try SandboxPainter.draw(
        .init(prompt: source.words, width: 1024, height: 768, seed: 0))
    } catch {
      throw .failed
    }
  }

  private func encoded(_ pixels: Pixels) throws(ArkRefusal) -> [UInt8] {
    do throws(ImagingError) {
      return try ImageEncoder.png(pixels)
    } catch {
      throw .failed
    }
  }
}

extension PictureLayer.Box {
  /// In thousandths of a base.
  fileprivate func normalized(on base: PixelSize) -> PictureLayer.Box {
    func part(_ value: Int, _ whole: Int) -> Int { (value * 1000 + whole / 2) / whole }
    return PictureLayer.Box(
      left: part(left, base.width), top: part(top, base.height), right: part(right, base.width),
      bottom: part(bottom, base.height))
  }
}
