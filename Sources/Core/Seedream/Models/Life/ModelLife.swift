/// How long one site offers a model, as far as somebody has said so.
///
/// Retirement is data: an end is told before a request is sent, and nothing is refused or replaced for it.
public struct ModelLife: Equatable, Sendable, Codable {
  /// How sure an end is.
  public enum Certainty: String, Equatable, Sendable, Codable, CaseIterable {
    /// One source says so.
    case reported
    /// The vendor says so, or several sources do.
    case established
  }

  /// The first day, `2026-11-12`; nil where nobody has said.
  public var first: String?
  /// The moment it ends, or its last day; nil where no end is known.
  public var last: Moment?
  /// What takes its place on the same site.
  public var successor: ModelFamily?
  /// Who says so.
  public var source: String
  /// How sure that is.
  public var certainty: Certainty

  /// Joins what is known.
  public init(
    first: String? = nil, last: Moment? = nil, successor: ModelFamily? = nil, source: String,
    certainty: Certainty = .established
  ) {
    self.first = first
    self.last = last
    self.successor = successor
    self.source = source
    self.certainty = certainty
  }

  /// Whether it is over.
  ///
  /// - Parameter now: Seconds since 1970.
  public func isOver(at now: Double) -> Bool {
    last.map { $0.seconds <= now } ?? false
  }
}

extension ModelLife {
  /// A day of a place, which is over when the next one begins there, or a minute with its distance from UTC.
  public struct Moment: Equatable, Sendable, Codable, LosslessStringConvertible {
    /// As it was written: `2026-09-10`, or `2026-11-24T14:00+08:00`.
    public let description: String
    /// Seconds since 1970 from which on it is past.
    public let seconds: Double

    /// Reads a day, or a minute with its offset; a day is one of Beijing and Singapore, where both sites
    /// are run.
    public init?(_ text: String) {
      self.init(text, hoursOfDays: 8)
    }

    /// - Parameter hoursOfDays: The distance from UTC of a day without a time, in hours.
    public init?(_ text: String, hoursOfDays: Int) {
      guard let day = Self.days(text.prefix(10)) else { return nil }
      description = text
      let midnight = Double(day) * 86_400
      let rest = text.dropFirst(10)
      if rest.isEmpty {
        seconds = midnight + 86_400 - Double(hoursOfDays) * 3600
        return
      }
      guard rest.first == "T", let minute = Self.minutes(rest.dropFirst().prefix(5)) else {
        return nil
      }
      let zone = rest.dropFirst(6)
      if zone == "Z" {
        seconds = midnight + Double(minute) * 60
        return
      }
      guard let sign = zone.first, "+-".contains(sign), zone.count == 6,
        let offset = Self.minutes(zone.dropFirst())
      else { return nil }
      seconds = midnight + Double(sign == "+" ? minute - offset : minute + offset) * 60
    }

    /// Reads what was written.
    public init(from decoder: any Decoder) throws {
      let text = try decoder.singleValueContainer().decode(String.self)
      guard let moment = Moment(text) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is no day"))
      }
      self = moment
    }

    /// Writes it as it was written.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(description)
    }

    /// `2026-11-24 14:00 (UTC+08:00)`, for people.
    var shown: String {
      guard description.count > 10 else { return description }
      let zone = description.dropFirst(16)
      return "\(description.prefix(10)) \(description.dropFirst(11).prefix(5)) "
        + (zone == "Z" ? "UTC" : "(UTC\(zone))")
    }

    private static func minutes(_ text: Substring) -> Int? {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isASCII) }),
        let hours = UInt8(parts[0]), let minutes = UInt8(parts[1]), hours < 24, minutes < 60
      else { return nil }
      return Int(hours) * 60 + Int(minutes)
    }

    /// Days since 1970-01-01 of the proleptic Gregorian calendar.
    private static func days(_ text: Substring) -> Int? {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.map(\.utf8.count) == [4, 2, 2], let year = UInt16(parts[0]),
        let month = UInt8(parts[1]), let day = UInt8(parts[2]), (1...12).contains(month),
        year >= 1970
      else { return nil }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      guard day >= 1, Int(day) <= lengths[Int(month) - 1] else { return nil }
      let past = Int(year) - 1
      let before = past * 365 + past / 4 - past / 100 + past / 400 - 719_162
      return before + lengths.prefix(Int(month) - 1).reduce(0, +) + Int(day) - 1
    }
  }
}

extension ModelLife {
  /// What one project's release note says of 4.5, 4.0 and 5.0 lite, to the minute. That 5.0 pro is what stays
  /// there follows from it, since nothing says that it ended.
  static let onVolcengineUntilNovember2026 = [
    Site.volcengine.rawValue: ModelLife(
      last: Moment("2026-11-24T14:00+08:00"), successor: .seedream5Pro,
      source: "release note of Modelwright 0.1.35", certainty: .reported)
  ]
}
