import Imaging
import Posix

/// The decoder's side of `darkroom decode --serve`: one picture after the other, for as long as the front end
/// holds the other end of the socket. It reads bytes of strangers, under the limits it was started with, and has
/// neither keys nor paths: each picture comes as an open file.
struct DecodeServer: ~Copyable {
  /// Seconds of processor time that one picture may take.
  static let secondsOfPicture = 10
  private let socket: FileDescriptor

  init(socket: consuming FileDescriptor) {
    self.socket = socket
  }

  /// Serves until the other end is closed.
  ///
  /// - Throws: What the socket says besides.
  func run() throws(PosixError) {
    ThisProcess.endWithParent()
    Self.warmUp()
    while true {
      var file: FileDescriptor?
      let bytes = try socket.receive(upTo: DecodeRequest.byteCount, file: &file)
      if bytes.isEmpty { return }
      guard let request = DecodeRequest(bytes), let file else {
        throw PosixError("read a request", code: PosixError.protocolBroken)
      }
      let content = answer(request, of: file)
      let reply = DecodeReply(generation: request.generation, content: content)
      try socket.write(reply.bytes)
    }
  }

  private func answer(
    _ request: DecodeRequest, of file: borrowing FileDescriptor
  ) -> DecodeReply.Content {
    ThisProcess.allowProcessorTime(seconds: Self.secondsOfPicture)
    do throws(ImagingError) {
      let picture = try request.preview.render(
        file: "/proc/self/fd/\(file.number)", goesOn: { !isAnotherWaiting })
      return .cells(PreviewFormat.encode(picture))
    } catch {
      return error.code == .abandoned ? .dropped : .refused(error.message)
    }
  }

  /// The newest picture is wanted, and no other.
  private var isAnotherWaiting: Bool {
    guard case .ready? = try? Poll.wait(for: [socket.number], timeout: .zero) else { return false }
    return true
  }

  /// Opens the libraries and fills their tables, before anybody waits for a picture.
  private static func warmUp() {
    let dot = Pixels(width: 8, height: 8, bytes: Array(repeating: 128, count: 8 * 8 * 4))
    // What fails here fails again for a picture, and is said then.
    guard let bytes = try? ImageEncoder.jpeg(dot),
      let pixels = try? PixelDecoder.decode(bytes: bytes)
    else { return }
    _ = SymbolRenderer.render(pixels, columns: 2, rows: 1, colors: .truecolor, shapes: .quadrants)
  }
}
