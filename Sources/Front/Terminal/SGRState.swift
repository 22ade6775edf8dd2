import Screen

/// What the terminal draws with, changed by as little as it takes: SGR (ECMA-48 8.3.117, xterm ctlseqs).
///
/// Parameters are parted by semicolons alone: mosh drops sequences with colons.
struct SGRState {
  /// ncurses leaves the terminal plain after every update.
  private var current = Appearance()

  var foreground: Color { current.foreground }

  mutating func change(to next: Appearance, on output: inout [UInt8]) {
    guard next != current else { return }
    output += [0x1B, UInt8(ascii: "[")]
    if next == Appearance() {
      output.append(UInt8(ascii: "0"))
    } else {
      var isFirst = true
      let isSame =
        next.isBold == current.isBold && next.isDim == current.isDim
        && next.isUnderlined == current.isUnderlined && next.isReversed == current.isReversed
      if !isSame {
        output.append(UInt8(ascii: "0"))
        if next.isBold { output.append(parameter: 1) }
        if next.isDim { output.append(parameter: 2) }
        if next.isUnderlined { output.append(parameter: 4) }
        if next.isReversed { output.append(parameter: 7) }
        isFirst = false
        current = Appearance()
      }
      if next.foreground != current.foreground {
        append(next.foreground, base: 30, isFirst, to: &output)
        isFirst = false
      }
      if next.background != current.background {
        append(next.background, base: 40, isFirst, to: &output)
      }
    }
    output.append(UInt8(ascii: "m"))
    current = next
  }

  private func append(
    _ color: Color, base: UInt8, _ isFirst: Bool, to output: inout [UInt8]
  ) {
    func select(_ number: UInt8) {
      if isFirst { output.append(decimal: Int(number)) } else { output.append(parameter: number) }
    }
    switch color {
    case .standard: select(base + 9)
    case .palette(let index) where index < 8: select(base + index)
    case .palette(let index) where index < 16: select(base + 52 + index)
    case .palette(let index):
      select(base + 8)
      output.append(parameter: 5)
      output.append(parameter: index)
    case .rgb(let red, let green, let blue):
      select(base + 8)
      output.append(parameter: 2)
      output.append(parameter: red)
      output.append(parameter: green)
      output.append(parameter: blue)
    }
  }
}

// A picture is some thousand cells with colours of their own: numbers are written as bytes, not by way of texts.

extension [UInt8] {
  /// A number of a control sequence behind another one.
  fileprivate mutating func append(parameter number: UInt8) {
    append(UInt8(ascii: ";"))
    append(decimal: Int(number))
  }

  /// A number that is not negative.
  mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
