/// The sizes recommended for each keyword, to be read beside the vendor's table.
///
/// Source: Seedream 4.0-5.0 tutorial (doc 1824121) and Image generation API (doc 1541523), revisions
/// of autumn 2026. Where the two differ (Seedream 4.0 at 1K in 16:9 and 21:9) the tutorial is taken;
/// the other sizes are legal too.
extension SizeTier {
  /// 5.0 pro and flash, `1K`.
  static let pro1K = SizeTier(
    "1K",
    [
      Entry("1:1", PixelSize(1024, 1024)), Entry("4:3", PixelSize(1152, 864)),
      Entry("3:4", PixelSize(864, 1152)), Entry("16:9", PixelSize(1424, 800)),
      Entry("9:16", PixelSize(800, 1424)), Entry("3:2", PixelSize(1248, 832)),
      Entry("2:3", PixelSize(832, 1248)), Entry("21:9", PixelSize(1568, 672)),
    ])

  /// 5.0 pro and flash, `1.5K`.
  static let proOneAndHalfK = SizeTier(
    "1.5K",
    [
      Entry("1:1", PixelSize(1536, 1536)), Entry("4:3", PixelSize(1792, 1344)),
      Entry("3:4", PixelSize(1344, 1792)), Entry("16:9", PixelSize(2048, 1152)),
      Entry("9:16", PixelSize(1152, 2048)), Entry("3:2", PixelSize(1872, 1248)),
      Entry("2:3", PixelSize(1248, 1872)), Entry("21:9", PixelSize(2352, 1008)),
    ])

  /// 5.0 pro and flash, `2K`.
  static let pro2K = SizeTier(
    "2K",
    [
      Entry("1:1", PixelSize(2048, 2048)), Entry("4:3", PixelSize(2368, 1776)),
      Entry("3:4", PixelSize(1776, 2368)), Entry("16:9", PixelSize(2816, 1584)),
      Entry("9:16", PixelSize(1584, 2816)), Entry("3:2", PixelSize(2496, 1664)),
      Entry("2:3", PixelSize(1664, 2496)), Entry("21:9", PixelSize(3136, 1344)),
    ])

  /// 4.0, `1K`.
  static let standard1K = SizeTier(
    "1K",
    [
      Entry("1:1", PixelSize(1024, 1024)), Entry("4:3", PixelSize(1152, 864)),
      Entry("3:4", PixelSize(864, 1152)), Entry("16:9", PixelSize(1312, 736)),
      Entry("9:16", PixelSize(736, 1312)), Entry("3:2", PixelSize(1248, 832)),
      Entry("2:3", PixelSize(832, 1248)), Entry("21:9", PixelSize(1568, 672)),
    ])

  /// 5.0 lite, 4.5 and 4.0, `2K`.
  static let standard2K = SizeTier(
    "2K",
    [
      Entry("1:1", PixelSize(2048, 2048)), Entry("4:3", PixelSize(2304, 1728)),
      Entry("3:4", PixelSize(1728, 2304)), Entry("16:9", PixelSize(2848, 1600)),
      Entry("9:16", PixelSize(1600, 2848)), Entry("3:2", PixelSize(2496, 1664)),
      Entry("2:3", PixelSize(1664, 2496)), Entry("21:9", PixelSize(3136, 1344)),
    ])

  /// 5.0 lite, `3K`.
  static let standard3K = SizeTier(
    "3K",
    [
      Entry("1:1", PixelSize(3072, 3072)), Entry("4:3", PixelSize(3456, 2592)),
      Entry("3:4", PixelSize(2592, 3456)), Entry("16:9", PixelSize(4096, 2304)),
      Entry("9:16", PixelSize(2304, 4096)), Entry("3:2", PixelSize(3744, 2496)),
      Entry("2:3", PixelSize(2496, 3744)), Entry("21:9", PixelSize(4704, 2016)),
    ])

  /// 5.0 lite, 4.5 and 4.0, `4K`. A single side may exceed 4096.
  static let standard4K = SizeTier(
    "4K",
    [
      Entry("1:1", PixelSize(4096, 4096)), Entry("4:3", PixelSize(4704, 3520)),
      Entry("3:4", PixelSize(3520, 4704)), Entry("16:9", PixelSize(5504, 3040)),
      Entry("9:16", PixelSize(3040, 5504)), Entry("3:2", PixelSize(4992, 3328)),
      Entry("2:3", PixelSize(3328, 4992)), Entry("21:9", PixelSize(6240, 2656)),
    ])

  /// SeedEdit 3.0: the output takes the shape of the input, from a fixed list of the vendor's.
  static let adaptive = SizeTier("adaptive", [])
}
