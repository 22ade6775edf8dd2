import CCairo

/// The owner of the memory of one picture of cairo.
///
/// Red and blue change places throughout: what cairo holds as blue, green, red, alpha in memory
/// (its 32-bit words on a little-endian machine) is then red, green, blue, alpha, and pixels go in
/// and out by copying. Every blend in use treats the three colours alike, so none can tell.
@safe
struct Surface: ~Copyable {
  let handle: OpaquePointer
  let width: Int
  let height: Int

  /// A transparent surface.
  init(width: Int, height: Int) throws(ImagingError) {
    let handle = unsafe cairo_image_surface_create(
      CAIRO_FORMAT_ARGB32, Int32(clamping: width), Int32(clamping: height))
    guard width > 0, height > 0, let handle = unsafe handle,
      unsafe cairo_surface_status(handle) == CAIRO_STATUS_SUCCESS
    else {
      // Also a surface in an error state is to be dropped; for the static one that is nothing.
      unsafe cairo_surface_destroy(handle)
      throw ImagingError(
        .noRoom, "A drawing of \(width)x\(height) pixels is too large or too small.")
    }
    unsafe self.handle = handle
    self.width = width
    self.height = height
  }

  init(_ pixels: Pixels) throws(ImagingError) {
    try self.init(width: pixels.width, height: pixels.height)
    let bytes = pixels.isOpaque ? pixels.bytes : Self.premultiplied(pixels.bytes)
    let stride = unsafe Int(cairo_image_surface_get_stride(handle))
    guard let target = unsafe cairo_image_surface_get_data(handle) else { return }
    let rowBytes = width * 4
    unsafe bytes.withUnsafeBufferPointer { source in
      guard let source = source.baseAddress else { return }
      for row in 0..<pixels.height {
        unsafe (target + row * stride).update(from: source + row * rowBytes, count: rowBytes)
      }
    }
    unsafe cairo_surface_mark_dirty(handle)
  }

  deinit { unsafe cairo_surface_destroy(handle) }

  func pixels() -> Pixels {
    unsafe cairo_surface_flush(handle)
    let stride = unsafe Int(cairo_image_surface_get_stride(handle))
    let source = unsafe cairo_image_surface_get_data(handle)
    let (rowBytes, height) = (width * 4, height)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: height * rowBytes) { target, count in
      if let source = unsafe source, let target = target.baseAddress {
        for row in 0..<height {
          unsafe (target + row * rowBytes).update(from: source + row * stride, count: rowBytes)
        }
        count = height * rowBytes
      }
    }
    let pixels = Pixels(width: width, height: height, bytes: bytes)
    return pixels.isOpaque
      ? pixels : Pixels(width: width, height: height, bytes: Self.straight(bytes))
  }

  private static func premultiplied(_ bytes: [UInt8]) -> [UInt8] {
    mapped(bytes) { part, alpha in UInt8((Int(part) * Int(alpha) + 127) / 255) }
  }

  private static func straight(_ bytes: [UInt8]) -> [UInt8] {
    mapped(bytes) { part, alpha in
      alpha == 0 ? 0 : UInt8(min(255, (Int(part) * 255 + Int(alpha) / 2) / Int(alpha)))
    }
  }

  private static func mapped(_ bytes: [UInt8], _ change: (UInt8, UInt8) -> UInt8) -> [UInt8] {
    var bytes = bytes
    for place in stride(from: 0, to: bytes.count, by: 4) where bytes[place + 3] != 255 {
      for part in place..<place + 3 { bytes[part] = change(bytes[part], bytes[place + 3]) }
    }
    return bytes
  }
}
