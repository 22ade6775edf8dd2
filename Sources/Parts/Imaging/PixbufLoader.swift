import CPixbuf

/// The owner of one incremental decoder of gdk-pixbuf, bound to one format.
@safe
struct PixbufLoader: ~Copyable {
  private let handle: UnsafeMutablePointer<GdkPixbufLoader>
  private let context: String

  /// - Parameters:
  ///   - width: What the picture is scaled to while it is decoded, in pixels; JPEG skips most of the
  ///     work then.
  ///   - height: The same for the other side.
  init(
    _ format: ImageFileFormat, width: Int, height: Int, context: String
  ) throws(ImagingError) {
    var error: UnsafeMutablePointer<GError>?
    // The format is fixed, so that the bytes cannot choose another loader than their header names.
    guard let handle = unsafe gdk_pixbuf_loader_new_with_type(format.rawValue, &error) else {
      throw unsafe .taking(
        error, .noLoader, "This machine cannot decode \(format.rawValue.uppercased()) pictures.",
        context: context)
    }
    unsafe gdk_pixbuf_loader_set_size(handle, Int32(clamping: width), Int32(clamping: height))
    unsafe self.handle = handle
    self.context = context
  }

  deinit {
    // A loader must be closed before it is dropped; a second close does nothing.
    unsafe gdk_pixbuf_loader_close(handle, nil)
    unsafe g_object_unref(handle)
  }

  func write(_ bytes: ArraySlice<UInt8>) throws(ImagingError) {
    var error: UnsafeMutablePointer<GError>?
    let isTaken = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe gdk_pixbuf_loader_write(handle, bytes.baseAddress, gsize(bytes.count), &error)
    }
    if isTaken == 0 { throw unsafe damage(error) }
  }

  /// Ends the input and hands out the first frame.
  ///
  /// - Parameter takesParts: Hands out what was decoded of a frame that is damaged.
  func finish(takesParts: Bool = false) throws(ImagingError) -> Pixbuf {
    var error: UnsafeMutablePointer<GError>?
    if unsafe gdk_pixbuf_loader_close(handle, &error) == 0 {
      guard takesParts else { throw unsafe damage(error) }
      if let error = unsafe error { unsafe g_error_free(error) }
    }
    guard let picture = unsafe gdk_pixbuf_loader_get_pixbuf(handle) else {
      throw unsafe damage(nil)
    }
    return unsafe Pixbuf(owning: OpaquePointer(g_object_ref(UnsafeMutableRawPointer(picture))))
  }

  private func damage(_ error: UnsafeMutablePointer<GError>?) -> ImagingError {
    unsafe .taking(
      error, .damaged, "The picture is damaged or incomplete.", context: context)
  }
}
