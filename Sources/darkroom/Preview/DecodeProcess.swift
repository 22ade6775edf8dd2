import Imaging
import Posix

/// The decoder that runs, seen from the front end. For one thread, which must live as long: the process ends with
/// the thread that has started it.
final class DecodeProcess {
  struct Sent {
    let generation: UInt64
    let time: ContinuousClock.Instant
    /// Bytes of cells that its reply may have.
    let limit: Int
  }

  /// What was sent and not answered, oldest first.
  private(set) var outstanding: [Sent] = []
  /// How many it has answered.
  private(set) var served = 0
  private var child: ChildProcess
  private let socket: FileDescriptor
  private var received: [UInt8] = []

  init(_ command: ProcessSpec) throws(PosixError) {
    let sockets = try SocketPair()
    // It says nothing but replies: what its libraries have to say is for nobody.
    let nothing = try FileDescriptor.nothing()
    child = try ChildProcess(
      command, input: sockets.theirs.number, output: nothing.number, error: nothing.number)
    socket = sockets.keepOurs()
  }

  /// For `Poll.wait`: readable when it has replied, and when it has ended.
  var descriptors: [Int32] { [socket.number, child.exitDescriptor] }

  func send(_ request: DecodeRequest, lending file: borrowing FileDescriptor) throws(PosixError) {
    try socket.send(request.bytes, lending: file.number)
    outstanding.append(
      Sent(
        generation: request.generation, time: .now,
        limit: PreviewFormat.byteCount(request.preview.columns, request.preview.rows)))
  }

  /// Reads once, which waits where there is nothing to read.
  ///
  /// - Throws: `EPROTO` where what it says is no reply to anything it was asked, `EPIPE` where it has ended.
  func replies() throws(PosixError) -> [DecodeReply] {
    // One that ended without reading its request resets the connection.
    guard let bytes = try? socket.read(upTo: 1 << 17), !bytes.isEmpty else {
      throw PosixError("hear the decoder", code: PosixError.brokenPipe)
    }
    received += bytes
    var replies: [DecodeReply] = []
    while !received.isEmpty {
      let nonsense = PosixError("read a reply", code: PosixError.protocolBroken)
      guard let asked = outstanding.first else { throw nonsense }
      guard let reply = try DecodeReply(taking: &received, limit: asked.limit) else { break }
      // It answers in order, and each of them.
      guard reply.generation == asked.generation else { throw nonsense }
      outstanding.removeFirst()
      served += 1
      replies.append(reply)
    }
    return replies
  }

  /// Bytes that it has in memory.
  var residentBytes: Int { child.residentBytes ?? 0 }

  /// How it ended; it is killed where it has not.
  func end() -> TerminationStatus? {
    child.kill()
    return try? child.wait()
  }
}
