/// How many pictures one account may have of one model, by the minute and at once.
///
/// The vendor allows 500 a minute and says 429 beyond it. Told so, the allowance halves, at most once a minute
/// and not below a tenth, and grows back by a tenth each quiet minute: the account may be shared with other
/// programs. Many requests of one moment that are told the same are one piece of news. A value; times are
/// seconds of any steady clock.
struct ImageAllowance: Equatable, Sendable {
  private static let window = 60.0
  private let full: Double
  private var current: Double
  /// When `current` last changed.
  private var changed = -Double.infinity
  private var narrowed = -Double.infinity
  private var narrowedInFlight = -Double.infinity
  private var admitted: [Entry] = []
  private(set) var inFlight = 0
  /// Nil until the provider asks for fewer at once.
  private var mostInFlight: Int?

  private struct Entry: Equatable, Sendable {
    var number: Int
    var time: Double
    var count: Int
  }

  /// - Parameter perMinute: Pictures.
  init(perMinute: Int = 500) {
    full = Double(max(perMinute, 1))
    current = full
  }

  /// Pictures a minute, as things stand.
  var perMinute: Int { Int(current) }

  /// Takes in a request for so many pictures: nil. Else how many seconds to wait before asking again.
  ///
  /// A request that is larger than the whole allowance goes alone.
  mutating func admit(_ count: Int, number: Int, at now: Double) -> Double? {
    recover(at: now)
    admitted.removeAll { $0.time <= now - Self.window }
    if let mostInFlight, inFlight >= mostInFlight { return 1 }
    var room = current - Double(admitted.reduce(0) { $0 + $1.count })
    guard Double(count) > room, !admitted.isEmpty else {
      admitted.append(Entry(number: number, time: now, count: count))
      inFlight += 1
      return nil
    }
    for entry in admitted {
      room += Double(entry.count)
      if Double(count) <= room { return max(entry.time + Self.window - now, 0.01) }
    }
    return max((admitted.last?.time ?? now) + Self.window - now, 0.01)
  }

  /// A request is over. One that drew nothing gives its share back.
  mutating func settle(_ number: Int, drewNothing: Bool) {
    inFlight -= 1
    if drewNothing { admitted.removeAll { $0.number == number } }
  }

  /// A request turned out to need less than it was let through for.
  mutating func giveBack(allBut drawn: Int, of number: Int) {
    guard let index = admitted.firstIndex(where: { $0.number == number }) else { return }
    admitted[index].count = min(admitted[index].count, max(drawn, 0))
  }

  /// The provider said that there were too many pictures or requests this minute.
  ///
  /// - Parameter admitted: When the request that was told so was let through.
  mutating func narrow(at now: Double, admitted: Double) {
    guard admitted > narrowed, now >= narrowed + Self.window else { return }
    current = max(current / 2, full / 10, 1)
    (changed, narrowed) = (now, now)
  }

  /// The provider said that there were too many requests at once.
  ///
  /// - Parameter admitted: When the request that was told so was let through.
  mutating func narrowInFlight(at now: Double, admitted: Double) {
    guard admitted > narrowedInFlight else { return }
    mostInFlight = max(1, inFlight)
    (changed, narrowedInFlight) = (now, now)
  }

  private mutating func recover(at now: Double) {
    while changed.isFinite, now >= changed + Self.window {
      changed += Self.window
      current = min(full, current + full / 10)
      mostInFlight = mostInFlight.map { $0 + 1 }
      if current == full, mostInFlight.map({ $0 >= 16 }) ?? true {
        mostInFlight = nil
        changed = -.infinity
      }
    }
  }
}
