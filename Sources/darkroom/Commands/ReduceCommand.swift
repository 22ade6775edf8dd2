import Glibc
import Imaging

extension Command {
  /// Makes one reference small enough to be sent; run by the service, in a process of its own.
  static let reduce = Command(
    name: "reduce", operands: "FILE",
    summary: "Writes a smaller picture to standard output, for the service.",
    options: [
      .value("bytes", "N", "of the result at most"),
      .value("pixels", "N", "of the result at most, width times height"),
      .help,
    ],
    isInternal: true
  ) { arguments in
    guard arguments.operands.count == 1 else { throw UsageError("reduce takes one file") }
    let bytes = try arguments.integer("bytes", in: 1000...1_000_000_000) ?? 10_000_000
    let pixels = try arguments.integer("pixels", in: 1000...1_000_000_000) ?? 36_000_000
    let reduction = Reduction(file: arguments.operands[0], bytes: bytes, pixels: pixels)
    do throws(ImagingError) {
      Console.write(try reduction.result(), to: STDOUT_FILENO)
      return .done
    } catch {
      Console.narrate(error.message)
      return .failed
    }
  }
}

/// A picture made to fit into a number of bytes and of pixels, losing as little as may be.
private struct Reduction {
  let file: String
  let bytes: Int
  let pixels: Int

  /// JPEG, or PNG where something can be seen through.
  func result() throws(ImagingError) -> [UInt8] {
    let header = try PixelDecoder.header(file: file)
    var side = longestSide(header)
    while true {
      let picture = try PixelDecoder.decode(file: file, fitting: side)
      for encoded in try candidates(picture) where encoded.count <= bytes { return encoded }
      guard side > 256 else {
        throw ImagingError(.tooLarge, "The picture cannot be made to fit.", context: file)
      }
      side = side * 3 / 4
    }
  }

  /// The longest side with which the picture has few enough pixels.
  private func longestSide(_ header: ImageHeader) -> Int {
    let longest = max(header.width, header.height)
    let excess = Double(header.width) * Double(header.height) / Double(pixels)
    return excess <= 1 ? longest : max(1, Int(Double(longest) / excess.squareRoot()) - 1)
  }

  /// From the best to the smallest.
  private func candidates(_ picture: Pixels) throws(ImagingError) -> [[UInt8]] {
    guard picture.isOpaque else { return [try ImageEncoder.png(picture)] }
    let best = try ImageEncoder.jpeg(picture, quality: 95)
    return best.count <= bytes ? [best] : [try ImageEncoder.jpeg(picture, quality: 85)]
  }
}
