import Screen

/// What the terminal draws with, changed by as little as it takes: SGR (ECMA-48 8.3.117, xterm ctlseqs).
///
/// Parameters are parted by semicolons alone: mosh drops sequences with colons.
struct Pen {
  /// ncurses leaves the terminal plain after every update.
  private var current = Appearance()

  var foreground: Color { current.foreground }

  mutating func change(to next: Appearance, on output: inout String) {
    guard next != current else { return }
    output += "\u{1B}["
    if next == Appearance() {
      output += "0"
    } else {
      var separator = ""
      if attributes(next) != attributes(current) {
        output += "0"
        for number in attributes(next) { output += ";\(number)" }
        separator = ";"
        current = Appearance()
      }
      if next.foreground != current.foreground {
        output += separator
        append(next.foreground, base: 30, to: &output)
        separator = ";"
      }
      if next.background != current.background {
        output += separator
        append(next.background, base: 40, to: &output)
      }
    }
    output += "m"
    current = next
  }

  private func attributes(_ appearance: Appearance) -> [Int] {
    let all = [
      (appearance.isBold, 1), (appearance.isDim, 2), (appearance.isUnderlined, 4),
      (appearance.isReversed, 7),
    ]
    return all.filter(\.0).map(\.1)
  }

  private func append(_ color: Color, base: Int, to output: inout String) {
    switch color {
    case .standard: output += "\(base + 9)"
    case .palette(let index) where index < 8: output += "\(base + Int(index))"
    case .palette(let index) where index < 16: output += "\(base + 52 + Int(index))"
    case .palette(let index): output += "\(base + 8);5;\(index)"
    case .rgb(let red, let green, let blue): output += "\(base + 8);2;\(red);\(green);\(blue)"
    }
  }
}
