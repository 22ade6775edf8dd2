import CPixbuf

/// The owner of a file that is open for reading, piece by piece.
@safe
final class ImageFile {
  private let handle: UnsafeMutablePointer<FILE>
  private let path: String

  /// Opens regular files only: a FIFO or a device would wait or never end.
  init(_ path: String) throws(ImagingError) {
    guard !path.utf8.contains(0), unsafe g_file_test(path, G_FILE_TEST_IS_REGULAR) != 0,
      let handle = unsafe fopen(path, "rbe")
    else {
      throw ImagingError(
        .unreadable, "The file is missing, not readable or not a regular file.", context: path)
    }
    unsafe self.handle = handle
    self.path = path
  }

  deinit { unsafe fclose(handle) }

  /// The next bytes; the first piece is long enough for a header, an empty one is the end.
  func next() throws(ImagingError) -> [UInt8] {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: ImageHeader.prefixLength) {
      buffer, count in
      count = unsafe fread(buffer.baseAddress, 1, ImageHeader.prefixLength, handle)
    }
    if bytes.isEmpty, unsafe ferror(handle) != 0 {
      throw ImagingError(.unreadable, "Reading the file failed.", context: path)
    }
    return bytes
  }
}
