import TestSupport

/// What a seed decides about a round before it begins.
struct RoundPlan: Sendable {
  var sends: [Send]
  var manners = Manners()
  /// Of the file system the gallery lies on, where it has one of its own.
  var kilobytes = 98_304
  /// Whether the gateway of the round keeps a record.
  var isRecorded = false
  /// Who asks the gateway.
  var client = LibraryClient.Kind.openai
  /// How long it waits for an answer.
  var clientPatience = Duration.seconds(120)
  /// Pixels of each side: small pictures are soon drawn, large ones take many writes.
  private let side: Int

  init(_ kind: RoundKind, using random: inout SplitMix) {
    let number = kind == .frontEnd ? 1 : Int.random(in: 1...3, using: &random)
    var sends: [Send] = []
    for index in 0..<number { sends.append(Send(index, using: &random)) }
    if kind == .address { for index in sends.indices { sends[index].isInline = false } }
    if kind == .picture { for index in sends.indices { sends[index].isInline = false } }
    if kind == .odd { for index in sends.indices { sends[index].streams = false } }
    if kind == .poll {
      for index in sends.indices { (sends[index].isInline, sends[index].streams) = (false, false) }
    }
    if kind == .retry { for index in sends.indices { sends[index].count = 1 } }
    self.sends = sends
    side = [64, 160, 160, 320, 640].randomElement(using: &random) ?? 160
    manners.sandboxFaults = ["wrong-size=\(side)x\(side)"]
    manners.pace = .milliseconds(Int.random(in: 0...25, using: &random))
    switch kind {
    case .cut: manners.orders = sends.map { .cut(after: place(in: $0, using: &random)) }
    case .stall:
      manners.orders = sends.map { send in
        let place = place(in: send, using: &random)
        let pause = Duration.milliseconds(Int.random(in: 200...900, using: &random))
        return Bool.random(using: &random)
          ? .stalled(after: place, pause) : .stalledThenCut(after: place, pause)
      }
    case .storm:
      manners.orders = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        .refused(status: Int.random(in: 0...3, using: &random) == 0 ? 500 : 429)
      }
    case .address:
      if Bool.random(using: &random) {
        manners.sandboxFaults.append("expired")
      } else {
        manners.pictures = [.refused(status: 403), .refused(status: 503), nil]
      }
    case .picture:
      manners.pictures = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        switch Int.random(in: 0...2, using: &random) {
        case 0: .cut(after: Int.random(in: 0...(side * side / 3), using: &random))
        case 1: .truncated
        default: .promisesMore
        }
      }
    case .odd:
      manners.orders = sends.map { _ in .odd(seed: random.next()) }
    case .poll: manners.polls = Self.polls(of: sends.count, using: &random)
    case .retry:
      isRecorded = Bool.random(using: &random)
      client = LibraryClient.Kind.allCases.randomElement(using: &random) ?? .openai
      // Without a record nobody can know that a client asks again: README says so.
      let isSlow = isRecorded && client == .openai && Int.random(in: 0...3, using: &random) == 0
      if isSlow {
        clientPatience = .milliseconds(600)
        manners.orders = sends.map { _ in .slow(.milliseconds(1500)) }
      } else {
        manners.orders = (0..<Int.random(in: 1...4, using: &random)).map { _ in
          Self.ending(using: &random)
        }
      }
    case .service, .frontEnd, .fullDisk, .readOnly, .vanished, .clock: break
    }
  }

  var addressesAreDead: Bool { manners.sandboxFaults.contains("expired") }

  /// Somewhere in the answer, and a little beyond: near its start as often as anywhere else.
  private func place(in send: Send, using random: inout SplitMix) -> Int {
    let picture = send.isInline ? 2000 + side * side / 3 : 700
    let range = Bool.random(using: &random) ? 1500 : 400 + send.count * picture
    return Int.random(in: 0...range, using: &random)
  }
}
