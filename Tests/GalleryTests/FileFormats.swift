import Testing

/// Readers of the formats written here, made from their specifications and not from our writer.

/// The contents of the segments before the scan.
func jpegSegments(_ bytes: [UInt8]) throws -> [ArraySlice<UInt8>] {
  var segments: [ArraySlice<UInt8>] = []
  var place = 2
  while bytes[place + 1] != 0xDA {
    #expect(bytes[place] == 0xFF)
    let length = Int(bytes[place + 2]) * 256 + Int(bytes[place + 3])
    segments.append(bytes[(place + 4)..<(place + 2 + length)])
    place += 2 + length
  }
  return segments
}

struct PNGChunk: Equatable {
  var type: String
  var content: [UInt8]
}

/// The chunks in order, each with its checksum verified by the table of the specification's annex.
func pngChunks(_ bytes: [UInt8]) throws -> [PNGChunk] {
  let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { (sum: UInt32, _) -> UInt32 in
      sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1
    }
  }
  var chunks: [PNGChunk] = []
  var place = 8
  while place < bytes.count {
    let length = number(bytes[place..<place + 4])
    let typed = bytes[(place + 4)..<(place + 8 + length)]
    let sum = typed.reduce(UInt32.max) { (sum: UInt32, byte: UInt8) -> UInt32 in
      let place = Int(UInt8(truncatingIfNeeded: sum) ^ byte)
      return table[place] ^ (sum >> 8)
    }
    try #require(number(bytes[(place + 8 + length)..<(place + 12 + length)]) == Int(~sum))
    chunks.append(
      PNGChunk(
        type: String(decoding: typed.prefix(4), as: UTF8.self), content: Array(typed.dropFirst(4))))
    place += 12 + length
  }
  return chunks
}

/// The comment of a big-endian EXIF block, found by following its directories.
func userComment(_ tiff: [UInt8]) throws -> String {
  try #require(tiff.starts(with: Array("MM\0*".utf8)))
  func entries(_ offset: Int) -> [(tag: Int, count: Int, value: Int)] {
    (0..<number(tiff[offset..<offset + 2])).map { index in
      let entry = offset + 2 + 12 * index
      return (
        number(tiff[entry..<entry + 2]), number(tiff[(entry + 4)..<(entry + 8)]),
        number(tiff[(entry + 8)..<(entry + 12)])
      )
    }
  }
  let main = entries(number(tiff[4..<8]))
  let exif = try #require(main.first { $0.tag == 0x8769 })
  let comment = try #require(entries(exif.value).first { $0.tag == 0x9286 })
  let bytes = tiff[comment.value..<comment.value + comment.count]
  try #require(bytes.starts(with: Array("UNICODE\0".utf8)))
  let text = Array(bytes.dropFirst(8))
  let units = stride(from: 0, to: text.count, by: 2).map {
    UInt16(text[$0]) << 8 | UInt16(text[$0 + 1])
  }
  return String(decoding: units, as: UTF16.self)
}

private func number(_ bytes: ArraySlice<UInt8>) -> Int {
  bytes.reduce(0) { $0 * 256 + Int($1) }
}
