/// Takes the frames off a body in Amazon's `aws-chunked`: a length in hexadecimal digits and perhaps a signature before
/// each piece, a piece of none at the end. Some stores hand out what was uploaded so with its frames.
/// Where it goes on otherwise, the rest comes as it is.
/// ("Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks", Amazon S3.)
final class SignedChunks: Decompressor {
  private enum State {
    /// In a line, of which so much was read.
    case line([UInt8])
    /// In a piece, of which so much is left.
    case piece(Int)
    /// Behind a piece: CR LF.
    case gap(Int)
    case over
    /// No frames any more; these bytes are still to be handed over.
    case plain([UInt8])
  }

  private static let longestLine = 256
  private var state = State.line([])

  /// Whether these are the first bytes of such a body; nil where there are too few.
  static func begin(_ bytes: [UInt8]) -> Bool? {
    guard let end = bytes.prefix(longestLine).firstIndex(of: 0x0A) else {
      let isPossible =
        bytes.count < longestLine && bytes.allSatisfy { 0x20...0x7E ~= $0 || $0 == 0x0D }
      return isPossible ? nil : false
    }
    guard length(Array(bytes[...end])) != nil else { return false }
    // Without a signature any text may begin so.
    if bytes[...end].contains(UInt8(ascii: ";")) { return true }
    let content = Array(bytes[(end + 1)...].prefix(12))
    guard content.count == 12 else { return nil }
    return content.beginsLikeAPicture || content.first == UInt8(ascii: "{")
  }

  /// What a line says of the piece behind it; nil where it is none.
  private static func length(_ line: [UInt8]) -> Int? {
    guard line.suffix(2) == [0x0D, 0x0A] else { return nil }
    let text = String(decoding: line.dropLast(2), as: UTF8.self)
    let digits = text.prefix { $0 != ";" }
    let rest = text[digits.endIndex...]
    guard (1...12).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ $0.isHexadecimalDigit }),
      rest.isEmpty || rest.hasPrefix(";chunk-signature=")
    else { return nil }
    return Int(digits, radix: 16)
  }

  func decode(
    _ input: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
  ) -> DecompressionStep {
    var step = DecompressionStep(consumed: 0, produced: 0, status: .goesOn)
    while step.consumed < input.count {
      switch state {
      case .line(var line):
        let byte = unsafe input[step.consumed]
        step.consumed += 1
        line.append(byte)
        state = .line(line)
        guard byte == 0x0A || line.count > Self.longestLine else { continue }
        let length = Self.length(line)
        state = length.map { $0 == 0 ? .over : .piece($0) } ?? .plain(line)
      case .piece(let left):
        let count = min(left, input.count - step.consumed, room.count - step.produced)
        guard count > 0 else { return step }
        for index in 0..<count {
          unsafe room[step.produced + index] = input[step.consumed + index]
        }
        step.consumed += count
        step.produced += count
        state = count == left ? .gap(0) : .piece(left - count)
      case .gap(let seen):
        guard unsafe input[step.consumed] == (seen == 0 ? 0x0D : 0x0A) else {
          state = .plain(seen == 0 ? [] : [0x0D])
          continue
        }
        step.consumed += 1
        state = seen == 0 ? .gap(1) : .line([])
      case .plain(let held):
        let kept = min(held.count, room.count - step.produced)
        for index in 0..<kept { unsafe room[step.produced + index] = held[index] }
        step.produced += kept
        state = .plain(Array(held[kept...]))
        guard kept == held.count else { return step }
        let count = min(input.count - step.consumed, room.count - step.produced)
        guard count > 0 else { return step }
        for index in 0..<count {
          unsafe room[step.produced + index] = input[step.consumed + index]
        }
        step.consumed += count
        step.produced += count
      case .over:
        step.status = .ended
        return step
      }
    }
    if case .over = state { step.status = .ended }
    return step
  }
}

extension UInt8 {
  fileprivate var isHexadecimalDigit: Bool {
    (0x30...0x39).contains(self) || (0x61...0x66).contains(self | 0x20)
  }
}
