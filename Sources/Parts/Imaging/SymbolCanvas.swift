import CChafa

/// The owner of one chafa canvas and of what it is configured with.
@safe
struct SymbolCanvas: ~Copyable {
  private let canvas: OpaquePointer
  private let colors: SymbolColors
  private let columns: Int
  private let rows: Int

  init(columns: Int, rows: Int, colors: SymbolColors, shapes: SymbolShapes) {
    // A preview is small: threads cost more than they bring, and the process has other work.
    chafa_set_n_threads(1)
    let symbols = unsafe chafa_symbol_map_new()
    defer { unsafe chafa_symbol_map_unref(symbols) }
    unsafe chafa_symbol_map_add_by_tags(symbols, shapes.tags)
    let config = unsafe chafa_canvas_config_new()
    defer { unsafe chafa_canvas_config_unref(config) }
    unsafe chafa_canvas_config_set_geometry(config, Int32(columns), Int32(rows))
    unsafe chafa_canvas_config_set_canvas_mode(config, colors.mode)
    unsafe chafa_canvas_config_set_pixel_mode(config, CHAFA_PIXEL_MODE_SYMBOLS)
    unsafe chafa_canvas_config_set_symbol_map(config, symbols)
    // All there are of few symbols are tried sooner than the likely ones are chosen: measured with chafa
    // 1.12, 80x40 cells, 13 ms against 20 for the quadrants, 58 against 22 with the sextants.
    unsafe chafa_canvas_config_set_work_factor(config, shapes == .quadrants ? 1 : 0.5)
    // Diffusion writes out of bounds in symbol mode before 1.18.2; it must never be used here.
    unsafe chafa_canvas_config_set_dither_mode(
      config, colors == .palette16 ? CHAFA_DITHER_MODE_ORDERED : CHAFA_DITHER_MODE_NONE)
    unsafe canvas = chafa_canvas_new(config)
    self.colors = colors
    self.columns = columns
    self.rows = rows
  }

  deinit { unsafe chafa_canvas_unref(canvas) }

  func drawn(_ pixels: Pixels) -> SymbolPicture {
    // Four bytes a pixel only: other row lengths come out slanted before chafa 1.12.5.
    unsafe pixels.bytes.withUnsafeBufferPointer { bytes in
      unsafe chafa_canvas_draw_all_pixels(
        canvas, CHAFA_PIXEL_RGBA8_UNASSOCIATED, bytes.baseAddress, Int32(pixels.width),
        Int32(pixels.height), Int32(pixels.width * 4))
    }
    var cells: [SymbolCell] = []
    cells.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns { cells.append(cell(Int32(column), Int32(row))) }
    }
    return SymbolPicture(columns: columns, rows: rows, cells: cells)
  }

  private func cell(_ column: Int32, _ row: Int32) -> SymbolCell {
    let scalar = unsafe Unicode.Scalar(chafa_canvas_get_char_at(canvas, column, row)) ?? " "
    var foreground: Int32 = -1
    var background: Int32 = -1
    switch colors {
    case .none: break  // Reading colours of this mode is out of bounds before chafa 1.18.2.
    case .truecolor, .palette256, .palette16:
      unsafe chafa_canvas_get_raw_colors_at(canvas, column, row, &foreground, &background)
    }
    return SymbolCell(
      character: Character(scalar), foreground: color(foreground), background: color(background))
  }

  private func color(_ raw: Int32) -> SymbolColor? {
    guard raw >= 0 else { return nil }
    return switch colors {
    case .truecolor:
      .rgb(
        red: UInt8(truncatingIfNeeded: raw >> 16), green: UInt8(truncatingIfNeeded: raw >> 8),
        blue: UInt8(truncatingIfNeeded: raw))
    case .palette256, .palette16: UInt8(exactly: raw).map(SymbolColor.index)
    case .none: nil
    }
  }
}

extension SymbolColors {
  fileprivate var mode: ChafaCanvasMode {
    switch self {
    case .truecolor: CHAFA_CANVAS_MODE_TRUECOLOR
    case .palette256: CHAFA_CANVAS_MODE_INDEXED_240
    case .palette16: CHAFA_CANVAS_MODE_INDEXED_16
    case .none: CHAFA_CANVAS_MODE_FGBG
    }
  }
}

extension SymbolShapes {
  fileprivate var tags: ChafaSymbolTags {
    let blocks =
      CHAFA_SYMBOL_TAG_SPACE.rawValue | CHAFA_SYMBOL_TAG_SOLID.rawValue
      | CHAFA_SYMBOL_TAG_HALF.rawValue | CHAFA_SYMBOL_TAG_QUAD.rawValue
    return switch self {
    case .quadrants: ChafaSymbolTags(blocks)
    case .sextants: ChafaSymbolTags(blocks | CHAFA_SYMBOL_TAG_SEXTANT.rawValue)
    case .ascii:
      ChafaSymbolTags(CHAFA_SYMBOL_TAG_SPACE.rawValue | CHAFA_SYMBOL_TAG_ASCII.rawValue)
    }
  }
}
