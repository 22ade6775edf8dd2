/// The address of a C object that more than one thread must know.
///
/// Pointers are not `Sendable`, since nothing says what may be done with them where. Each user of
/// this type says it: libmicrohttpd lets any thread call `MHD_resume_connection`,
/// under a lock that the owner takes before the end; a multi handle of libcurl belongs to the client's
/// thread, which is not the one that makes it.
@safe struct ForeignHandle: Sendable {
  private let address: UInt

  init(_ pointer: OpaquePointer) { address = UInt(bitPattern: pointer) }
  init(_ pointer: UnsafeMutableRawPointer) { address = UInt(bitPattern: pointer) }

  @unsafe var opaque: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }
  @unsafe var raw: UnsafeMutableRawPointer? { unsafe UnsafeMutableRawPointer(bitPattern: address) }
}
