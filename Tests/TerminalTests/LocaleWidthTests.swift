import Glibc
import Screen
import Testing

@testable import Terminal

/// Our widths against the C library's, where both must know: what they differ in is newer or disputed.
@Suite(.serialized) struct LocaleWidthTests {
  @Test(arguments: [
    0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF, 0x370...0x377, 0x400...0x482, 0x2500...0x259F,
    0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF60,
    0xFF61...0xFF9F, 0x1F600...0x1F64F, 0x20000...0x2A6DF,
  ])
  func theCLibraryAgrees(range: ClosedRange<Int>) {
    unsafe setlocale(LC_CTYPE, "C.UTF-8")
    for value in range {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let theirs = CursesScreen.localWidth(scalar)
      if TextWidth.columns(of: scalar) != theirs {
        Issue.record(
          "U+\(String(value, radix: 16)): \(TextWidth.columns(of: scalar)), not \(theirs)")
      }
    }
  }
}
