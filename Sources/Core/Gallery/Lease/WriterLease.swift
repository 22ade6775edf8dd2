/// The right to write a gallery. One process has it at a time, and it ends with the process.
package protocol WriterLease: AnyObject, Sendable {
  /// Whether it is still ours: it may have been lost with the disk that the gallery is on.
  var isHeld: Bool { get }

  /// Gives it back, which happens by itself when it goes away.
  func release()
}
