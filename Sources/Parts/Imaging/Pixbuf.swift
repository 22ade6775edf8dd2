import CPixbuf

/// The owner of one reference to a decoded picture of gdk-pixbuf.
@safe
struct Pixbuf: ~Copyable {
  private let handle: OpaquePointer

  /// Takes over one reference; the caller must not drop it.
  init(owning handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  deinit { unsafe g_object_unref(UnsafeMutableRawPointer(handle)) }

  /// A picture turned upright, as the orientation tag of its EXIF data says.
  func upright() throws(ImagingError) -> Pixbuf {
    guard let turned = unsafe gdk_pixbuf_apply_embedded_orientation(handle) else {
      throw .noMemory
    }
    return unsafe Pixbuf(owning: turned)
  }

  /// The picture again, at another size in pixels.
  func scaled(width: Int, height: Int) throws(ImagingError) -> Pixbuf {
    let scaled = unsafe gdk_pixbuf_scale_simple(
      handle, Int32(clamping: width), Int32(clamping: height), GDK_INTERP_BILINEAR)
    guard let scaled = unsafe scaled else { throw .noMemory }
    return unsafe Pixbuf(owning: scaled)
  }

  var width: Int { unsafe Int(gdk_pixbuf_get_width(handle)) }
  var height: Int { unsafe Int(gdk_pixbuf_get_height(handle)) }

  /// A copy of the pixels.
  func pixels() throws(ImagingError) -> Pixels {
    guard unsafe gdk_pixbuf_get_has_alpha(handle) != 0 else {
      // The library adds the fourth channel faster than a loop here does.
      guard let withAlpha = unsafe gdk_pixbuf_add_alpha(handle, 0, 0, 0, 0) else {
        throw .noMemory
      }
      return try unsafe Pixbuf(owning: withAlpha).pixels()
    }
    let (width, height) = (width, height)
    let rowBytes = width * 4
    let stride = unsafe Int(gdk_pixbuf_get_rowstride(handle))
    guard let source = unsafe gdk_pixbuf_read_pixels(handle) else { throw .noMemory }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: height * rowBytes) { target, count in
      for row in 0..<height {
        unsafe UnsafeMutableRawBufferPointer(target)
          .baseAddress?.advanced(by: row * rowBytes)
          .copyMemory(from: source + row * stride, byteCount: rowBytes)
      }
      count = height * rowBytes
    }
    return Pixels(width: width, height: height, bytes: bytes)
  }
}

extension ImagingError {
  static var noMemory: ImagingError {
    ImagingError(.noRoom, "There is not enough memory for this picture.")
  }

  /// Takes over an error of GLib and frees it.
  static func taking(
    _ error: UnsafeMutablePointer<GError>?, _ code: Code, _ summary: String, context: String
  ) -> ImagingError {
    guard let error = unsafe error else { return ImagingError(code, summary, context: context) }
    defer { unsafe g_error_free(error) }
    let reason = unsafe error.pointee.message.map { unsafe String(cString: $0) } ?? ""
    return ImagingError(code, "\(summary) (\(reason.prefix(200)))", context: context)
  }
}
