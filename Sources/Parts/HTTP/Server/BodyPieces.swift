/// The body of a request as it arrives, in pieces: the thread that serves everybody never copies what came before
/// because there is more.
struct BodyPieces {
  private static let size = 1 << 20

  private var pieces: [[UInt8]] = []

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var rest = unsafe bytes[...]
    while unsafe !rest.isEmpty {
      if pieces.last.map({ $0.count >= Self.size }) ?? true { pieces.append([]) }
      let last = pieces.count - 1
      let room = unsafe rest.prefix(Self.size - pieces[last].count)
      unsafe pieces[last].append(contentsOf: room)
      unsafe rest = rest.dropFirst(room.count)
    }
  }

  /// All of it in one; the pieces are let go as they are copied, so that it is not there twice.
  mutating func join() -> [UInt8] {
    if pieces.count < 2 { return pieces.popLast() ?? [] }
    var whole: [UInt8] = []
    whole.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    for index in pieces.indices {
      whole += pieces[index]
      pieces[index] = []
    }
    pieces = []
    return whole
  }
}
