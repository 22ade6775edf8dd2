import Gallery
import Posix

/// Until when the address of a picture works, as its own query says: `X-Tos-Date` plus `X-Tos-Expires`
/// seconds (vendor's object storage, signed URLs; measured as 24 hours). Amazon's names mean the same.
struct AddressExpiry: Equatable {
  /// Seconds since 1970.
  let time: Double

  /// How long an address works that does not say it itself, in seconds: the vendor's 24 hours.
  private static let lifetime = 86_400.0

  /// - Parameter time: When the address was named, in seconds since 1970, for one that does not say.
  init(_ address: String, named time: Double) {
    self = AddressExpiry(address) ?? AddressExpiry(time: time + Self.lifetime)
  }

  private init(time: Double) {
    self.time = time
  }

  /// Nil for an address that does not say.
  init?(_ address: String) {
    guard let query = address.firstIndex(of: "?") else { return nil }
    var date: Double?
    var lifetime: Double?
    for member in address[address.index(after: query)...].split(separator: "&") {
      let parts = member.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      switch parts[0].lowercased() {
      case "x-tos-date", "x-amz-date": date = Self.seconds(parts[1])
      case "x-tos-expires", "x-amz-expires": lifetime = UInt32(parts[1]).map(Double.init)
      default: break
      }
    }
    guard let date, let lifetime else { return nil }
    time = date + lifetime
  }

  /// In the zone of the user, `2026-11-22 14:32`.
  var shown: String {
    CalendarTime(local: time).iso8601.replacing("T", with: " ").prefix(16).description
  }

  /// `20261121T143205Z`.
  private static func seconds(_ text: Substring) -> Double? {
    let digits = Array(text.utf8)
    guard digits.count == 16, digits[8] == UInt8(ascii: "T"), digits[15] == UInt8(ascii: "Z") else {
      return nil
    }
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    let day = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
    let time = "\(part(9..<11)):\(part(11..<13)):\(part(13..<15))"
    return Timestamp("\(day)T\(time)Z")?.seconds
  }
}
