import CBrotli
import CZlib
import CZstd

/// Undoes one compression piece by piece. Lives in one place at a time, like a file handle.
protocol Decompressor: AnyObject {
  /// Decodes what it can of the input into the room there is.
  func decode(
    _ input: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> DecompressionStep
}

/// How far one step of a `Decompressor` came.
struct DecompressionStep {
  enum Status {
    /// It wants more input, or more room.
    case goesOn
    case ended
    /// What follows cannot be understood.
    case failed
  }

  var consumed: Int
  var produced: Int
  var status: Status
}

/// zlib's formats: RFC 1950 to 1952.
@safe final class Inflation: Decompressor {
  enum Wrapper: Int32 {
    case gzip = 31
    case zlib = 15
    case none = -15
  }

  private let stream: UnsafeMutablePointer<z_stream>

  /// Nil when there is not enough memory.
  init?(_ wrapper: Wrapper) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe inflateInit2_(
      stream, wrapper.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { return nil }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func decode(
    _ input: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> DecompressionStep {
    unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    unsafe stream.pointee.avail_in = UInt32(clamping: input.count)
    unsafe stream.pointee.next_out = room.baseAddress
    unsafe stream.pointee.avail_out = UInt32(clamping: room.count)
    let code = unsafe inflate(stream, Z_NO_FLUSH)
    let consumed = unsafe input.count - Int(stream.pointee.avail_in)
    let produced = unsafe room.count - Int(stream.pointee.avail_out)
    // Z_BUF_ERROR: nothing could be done, which more input or room changes.
    let status: DecompressionStep.Status =
      code == Z_STREAM_END ? .ended : code == Z_OK || code == Z_BUF_ERROR ? .goesOn : .failed
    return DecompressionStep(consumed: consumed, produced: produced, status: status)
  }
}

/// RFC 7932.
@safe final class BrotliDecompressor: Decompressor {
  private let state: OpaquePointer

  init?() {
    guard let state = unsafe BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
    unsafe self.state = state
  }

  deinit { unsafe BrotliDecoderDestroyInstance(state) }

  func decode(
    _ input: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> DecompressionStep {
    var (left, space) = (input.count, room.count)
    var next = input.baseAddress
    var target = room.baseAddress
    let result = unsafe BrotliDecoderDecompressStream(
      state, &left, &next, &space, &target, nil)
    let status: DecompressionStep.Status =
      result == BROTLI_DECODER_RESULT_SUCCESS
      ? .ended : result == BROTLI_DECODER_RESULT_ERROR ? .failed : .goesOn
    return DecompressionStep(
      consumed: input.count - left, produced: room.count - space, status: status)
  }
}

/// RFC 8878.
@safe final class ZstandardDecompressor: Decompressor {
  private let stream: OpaquePointer

  init?() {
    guard let stream = unsafe ZSTD_createDStream() else { return nil }
    unsafe self.stream = stream
  }

  deinit { unsafe ZSTD_freeDStream(stream) }

  func decode(
    _ input: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> DecompressionStep {
    var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = unsafe ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
    let hint = unsafe ZSTD_decompressStream(stream, &target, &source)
    let status: DecompressionStep.Status =
      ZSTD_isError(hint) != 0 ? .failed : hint == 0 ? .ended : .goesOn
    return unsafe DecompressionStep(consumed: source.pos, produced: target.pos, status: status)
  }
}
