/// Decodes UTF-8 a byte at a time; each maximal invalid part counts once (Unicode 3.9, table 3-7).
struct UTF8Decoder: Sendable {
  enum Step: Equatable {
    case incomplete
    case scalar(Unicode.Scalar)
    /// What was held back is no UTF-8; `again`: the byte itself is still to be looked at.
    case invalid(again: Bool)
  }

  private var value: UInt32 = 0
  private var missing = 0
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  var isEmpty: Bool { missing == 0 }

  mutating func take(_ byte: UInt8) -> Step {
    guard missing > 0 else { return start(byte) }
    guard allowed.contains(byte) else {
      missing = 0
      return .invalid(again: true)
    }
    allowed = 0x80...0xBF
    value = value << 6 | UInt32(byte & 0x3F)
    missing -= 1
    guard missing == 0 else { return .incomplete }
    return Unicode.Scalar(value).map(Step.scalar) ?? .invalid(again: false)
  }

  private mutating func start(_ byte: UInt8) -> Step {
    allowed = 0x80...0xBF
    switch byte {
    case 0x00...0x7F: return .scalar(Unicode.Scalar(byte))
    case 0xC2...0xDF: (missing, value) = (1, UInt32(byte & 0x1F))
    case 0xE0...0xEF: (missing, value) = (2, UInt32(byte & 0x0F))
    case 0xF0...0xF4: (missing, value) = (3, UInt32(byte & 0x07))
    default: return .invalid(again: false)
    }
    switch byte {  // Overlong forms, surrogates and values beyond Unicode show in the second byte.
    case 0xE0: allowed = 0xA0...0xBF
    case 0xED: allowed = 0x80...0x9F
    case 0xF0: allowed = 0x90...0xBF
    case 0xF4: allowed = 0x80...0x8F
    default: break
    }
    return .incomplete
  }
}
