import CPixbuf

/// Writes pixels as the bytes of a picture file. Safe to call from any thread.
package enum ImageEncoder {
  /// A baseline JPEG; transparency is lost.
  ///
  /// - Parameter quality: 0 to 100; from 90 on faults are hard to see.
  package static func jpeg(
    _ pixels: Pixels, quality: Int = 90
  ) throws(ImagingError) -> [UInt8] {
    try encode(pixels, "jpeg", ["quality": "\(min(max(quality, 0), 100))"])
  }

  /// A PNG, compressed for speed rather than for size.
  package static func png(_ pixels: Pixels) throws(ImagingError) -> [UInt8] {
    try encode(pixels, "png", ["compression": "1"])
  }

  private static func encode(
    _ pixels: Pixels, _ format: String, _ options: [String: String]
  ) throws(ImagingError) -> [UInt8] {
    var keys = unsafe options.keys.map { unsafe g_strdup($0) } + [nil]
    var values = unsafe options.values.map { unsafe g_strdup($0) } + [nil]
    defer { unsafe (keys + values).forEach { unsafe g_free($0) } }
    var buffer: UnsafeMutablePointer<CChar>?
    var length: gsize = 0
    var error: UnsafeMutablePointer<GError>?
    let isDone = unsafe pixels.bytes.withUnsafeBufferPointer { bytes in
      // The library only reads from these bytes; it has no constant form of this call for a picture
      // that it does not own.
      guard
        let picture = unsafe gdk_pixbuf_new_from_data(
          bytes.baseAddress, GDK_COLORSPACE_RGB, 1, 8, Int32(pixels.width), Int32(pixels.height),
          Int32(pixels.width * 4), nil, nil)
      else { return false }
      defer { unsafe g_object_unref(UnsafeMutableRawPointer(picture)) }
      return unsafe gdk_pixbuf_save_to_bufferv(
        picture, &buffer, &length, format, &keys, &values, &error) != 0
    }
    guard isDone, let buffer = unsafe buffer else {
      throw unsafe .taking(
        error, .notEncoded, "The picture could not be written as \(format.uppercased()).",
        context: "")
    }
    defer { unsafe g_free(buffer) }
    return unsafe Array(UnsafeRawBufferPointer(start: buffer, count: Int(length)))
  }
}
