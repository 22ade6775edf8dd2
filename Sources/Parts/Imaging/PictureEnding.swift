import CPixbuf

/// Finds where a picture ends in the bytes of its file as they go by, by walking through its parts: a mark
/// that is only looked for may stand anywhere.
///
/// What follows the end (padding, a second picture, the film of a motion photo) is no part of the picture
/// and may be of any length. Linear in the bytes, in the memory of a few of them. The decoder needs it
/// too: gdk-pixbuf fills what is missing and says nothing.
package struct PictureEnding: Sendable {
  private enum Walk {
    /// Looking for the next marker, in the data of a scan too, where 0xFF is stuffed (ITU-T T.81, B.1.1).
    case jpegMarker
    case jpegCode
    case jpegLength(marker: UInt8)
    case png
    /// The size of the container (RFC 9649, 2.4).
    case riff
    /// Boxes one after the other (ISO/IEC 14496-12, 4.2).
    case boxes
    /// Nothing more can be told: a format without an end, or parts that are not in order.
    case over(isThere: Bool)
  }

  private var walk: Walk
  /// Bytes that are passed over before the next part.
  private var toSkip = 0
  /// What has arrived of the head of a part.
  private var head: [UInt8] = []
  private var hasScan = false
  private var seen = 0

  /// How many bytes of the file are the picture; nil while its end has not come, and where a format has
  /// none.
  package private(set) var end: Int?

  /// Watches a file from its first byte.
  package init(_ format: ImageFileFormat) {
    switch format {
    case .jpeg: (walk, toSkip) = (.jpegMarker, 2)
    case .png: (walk, toSkip) = (.png, 8)
    case .webp: walk = .riff
    case .heic: walk = .boxes
    case .gif, .bmp, .tiff: walk = .over(isThere: true)
    }
  }

  /// Whether the end has come, or the format has none.
  package var isThere: Bool {
    if let end, case .riff = walk { return end <= seen }
    if end != nil { return true }
    return switch walk {
    case .over(let isThere): isThere
    // The last box ends where the file does.
    case .boxes: seen > 0 && toSkip == 0
    default: false
    }
  }

  /// Takes the next bytes of the file.
  package mutating func note(_ piece: ArraySlice<UInt8>) {
    defer { seen += piece.count }
    unsafe piece.withUnsafeBufferPointer { bytes in
      var place = 0
      while place < bytes.count, end == nil {
        if case .over = walk { return }
        if toSkip > 0 {
          let step = min(toSkip, bytes.count - place)
          toSkip -= step
          place += step
        } else if case .jpegMarker = walk {
          guard let start = bytes.baseAddress,
            let found = unsafe memchr(start + place, 0xFF, bytes.count - place)
          else { return }
          place = unsafe UnsafeRawPointer(start).distance(to: found) + 1
          walk = .jpegCode
        } else {
          unsafe take(bytes[place], at: seen + place)
          place += 1
        }
      }
    }
  }

  /// One byte of a head, which stands at this place of the file.
  private mutating func take(_ byte: UInt8, at place: Int) {
    switch walk {
    case .jpegCode: takeCode(byte, at: place)
    case .jpegLength(let marker):
      guard fill(byte, to: 2) else { return }
      let length = number(2)
      hasScan = hasScan || marker == 0xDA
      head = []
      guard length >= 2 else { return walk = .over(isThere: false) }
      (walk, toSkip) = (.jpegMarker, length - 2)
    case .png:
      guard fill(byte, to: 8) else { return }
      let (length, isLast) = (number(4), head[4...].elementsEqual("IEND".utf8))
      head = []
      guard length <= Int(Int32.max) else { return walk = .over(isThere: false) }
      toSkip = length + 4
      if isLast { end = place + 1 + toSkip }
    case .riff:
      guard fill(byte, to: 8) else { return }
      let size = head[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      end = place + 1 + size
    case .boxes: takeBox(byte, at: place)
    case .jpegMarker, .over: break
    }
  }

  private mutating func takeCode(_ byte: UInt8, at place: Int) {
    switch byte {
    // Any number of fill bytes may stand before a marker.
    case 0xFF: break
    case 0x00, 0x01, 0xD0...0xD7: walk = .jpegMarker
    case 0xD9 where hasScan: end = place + 1
    // Another picture begins where this one had to end.
    case 0xD8, 0xD9: walk = .over(isThere: false)
    default: walk = .jpegLength(marker: byte)
    }
  }

  private mutating func takeBox(_ byte: UInt8, at place: Int) {
    guard fill(byte, to: 8), number(4) != 1 || head.count == 16 else { return }
    let isBox = head[4..<8].allSatisfy { (0x20...0x7E).contains($0) }
    let size = head.count == 16 ? head[8...].reduce(0) { $0 << 8 | Int($1) & 0xFF } : number(4)
    let length = head.count
    head = []
    // A box of no size reaches to the end of the file; what is no box comes behind the last one.
    if size == 0, isBox { return walk = .over(isThere: true) }
    guard isBox, size >= length else { return end = place + 1 - length }
    toSkip = size - length
  }

  /// Adds a byte to the head; whether it has so many now.
  private mutating func fill(_ byte: UInt8, to count: Int) -> Bool {
    head.append(byte)
    return head.count >= count
  }

  /// The first bytes of the head, most significant first.
  private func number(_ count: Int) -> Int { head.prefix(count).reduce(0) { $0 << 8 | Int($1) } }
}
