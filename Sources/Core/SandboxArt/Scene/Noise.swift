/// Smooth random hills in one or two dimensions, made of value noise in octaves.
struct Noise {
  private let seed: UInt64

  init(_ seed: UInt64, _ purpose: String) { self.seed = seed ^ Chance.hash(purpose) }

  /// From zero to one; details get half as wide and `roughness` as high with each octave.
  func value(_ x: Double, _ y: Double = 0, octaves: Int, roughness: Double = 0.5) -> Double {
    var (sum, weight, height, x, y) = (0.0, 0.0, 1.0, x, y)
    for octave in 0..<octaves {
      sum += height * smooth(x, y, octave)
      weight += height
      height *= roughness
      (x, y) = (x * 2.03 + 17.1, y * 2.03 + 5.7)
    }
    return sum / weight
  }

  /// Like `value`, with sharp crests.
  func ridge(_ x: Double, octaves: Int, roughness: Double = 0.5) -> Double {
    var (sum, weight, height, x) = (0.0, 0.0, 1.0, x)
    for octave in 0..<octaves {
      let value = smooth(x, 0, octave) * 2 - 1
      sum += height * (1 - abs(value))
      weight += height
      height *= roughness
      x = x * 2.07 + 31.7
    }
    return sum / weight
  }

  private func smooth(_ x: Double, _ y: Double, _ octave: Int) -> Double {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (across, down) = (eased(x - left), eased(y - top))
    let (column, row) = (Int(left), Int(top))
    let upper = mix(corner(column, row, octave), corner(column + 1, row, octave), across)
    guard down > 0 else { return upper }
    return mix(
      upper, mix(corner(column, row + 1, octave), corner(column + 1, row + 1, octave), across), down
    )
  }

  private func eased(_ value: Double) -> Double { value * value * (3 - 2 * value) }

  private func mix(_ from: Double, _ to: Double, _ amount: Double) -> Double {
    from + (to - from) * amount
  }

  private func corner(_ column: Int, _ row: Int, _ octave: Int) -> Double {
    var bits = seed &+ UInt64(bitPattern: Int64(column)) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ UInt64(bitPattern: Int64(row)) &* 0xC2B2_AE3D_27D4_EB4F) &+ UInt64(octave)
    bits = (bits ^ (bits >> 32)) &* 0xD6E8_FEB8_6659_FD93
    bits = (bits ^ (bits >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return Double((bits ^ (bits >> 32)) >> 11) / Double(1 << 53)
  }
}
