private import CPosix
internal import Glibc

/// A system call that failed: what was attempted, on which path, and the error number.
package struct PosixError: Error, Equatable, Sendable {
  /// The error number, as in errno(3).
  package let code: Int32
  /// A verb phrase that completes "cannot …": `write`, `start`.
  package let attempt: String
  /// The file or program concerned, as it was given; nil where there is none.
  package let path: String?

  package init(_ attempt: String, path: String? = nil, code: Int32) {
    self.code = code
    self.attempt = attempt
    self.path = path
  }

  /// The symbolic name of the error number, `ENOSPC`.
  package var codeName: String {
    guard let name = unsafe cposix_error_name(code) else { return "error \(code)" }
    return unsafe String(cString: name)
  }

  /// What the system says about it, in lower case: `no space left on device`.
  package var reason: String {
    switch code {
    case EILSEQ: return "it is not UTF-8 text"
    case Self.notAFile: return "it is no regular file"
    case Self.leadsOut:
      return
        "a link there leads out of the gallery; a gallery lies on one file system"
    default: break
    }
    guard let text = unsafe cposix_error_text(code) else { return "unknown error" }
    let words = unsafe String(cString: text)
    // "RPC struct is bad" and "Level 2 halted" are rare enough to lose a capital letter.
    return words.prefix(1).lowercased() + words.dropFirst()
  }
}

extension PosixError: CustomStringConvertible {
  /// One sentence without a full stop: `cannot write /x/y: no space left on device (ENOSPC)`.
  package var description: String {
    let object = path.map { " " + printable($0) } ?? ""
    return "cannot \(attempt)\(object): \(reason) (\(codeName))"
  }
}

extension PosixError {
  package static let alreadyExists = EEXIST
  package static let doesNotExist = ENOENT
  package static let permissionDenied = EACCES
  package static let noSpace = ENOSPC
  package static let wouldBlock = EAGAIN
  package static let tooLarge = EFBIG
  package static let inputOutput = EIO
  package static let quotaExceeded = EDQUOT
  package static let readOnly = EROFS
  package static let crossesFileSystems = EXDEV
  package static let notUTF8 = EILSEQ
  package static let brokenPipe = EPIPE
  package static let invalid = EINVAL
  package static let protocolBroken = EPROTO
  /// Of ours: a FIFO, a directory or a device stands where a file is expected.
  package static let notAFile = EMEDIUMTYPE
  /// Of ours: what was asked for is not where its path says, but elsewhere.
  package static let leadsOut = ENOLINK

  /// Makes a system call again for as long as signals interrupt it, and turns -1 into an error.
  ///
  /// - Parameter attempt: A verb phrase that completes "cannot …".
  package static func check<Number: SignedInteger>(
    _ attempt: String, path: String? = nil, _ call: () -> Number
  ) throws(PosixError) -> Number {
    while true {
      let result = call()
      if result != -1 { return result }
      let code = errno
      if code != EINTR { throw PosixError(attempt, path: path, code: code) }
    }
  }
}
