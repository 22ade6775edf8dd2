import Synchronization

/// The open connections of a server, and who has to go when there are too many.
final class ConnectionTable: Sendable {
  private struct State {
    var all: [UInt64: ServerConnection] = [:]
    var counts: [[UInt8]: Int] = [:]
    var nextID: UInt64 = 1
  }

  private let state = Mutex(State())
  private let limits: HTTPServerLimits

  init(_ limits: HTTPServerLimits) { self.limits = limits }

  var count: Int { state.withLock { $0.all.count } }

  func nextID() -> UInt64 {
    state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
  }

  /// Takes a connection in. Where that is one too many, of all or of its address, the most dispensable of
  /// the others go, and where there is none, it does.
  func add(_ new: ServerConnection) {
    let crowd = state.withLock { state -> [ServerConnection] in
      state.all[new.id] = new
      var ofPeer = 0
      if let peer = new.peer {
        ofPeer = state.counts[peer, default: 0] + 1
        state.counts[peer] = ofPeer
      }
      if new.peer != nil, ofPeer > limits.connectionsPerAddress {
        return state.all.values.filter { $0.peer == new.peer && $0.id != new.id }
      }
      return state.all.count > limits.connections
        ? state.all.values.filter { $0.id != new.id } : []
    }
    guard !crowd.isEmpty else { return }
    let limit = min(limits.connections, new.peer == nil ? .max : limits.connectionsPerAddress)
    let staying = crowd.filter { !$0.isEnding }
    guard staying.count >= limit else { return }  // Others are on their way out already.
    let now = ContinuousClock.now
    let ranked = staying.compactMap { connection in
      connection.rank(at: now).map { (rank: $0, connection) }
    }
    guard !ranked.isEmpty else { return new.end() }
    // Several at once, so that a flood does not have all of them looked at for each newcomer.
    for (_, connection) in ranked.sorted(by: { $0.rank < $1.rank }).prefix(1 + limit / 32) {
      connection.end()
    }
  }

  func remove(_ connection: ServerConnection) {
    connection.closed()
    state.withLock { state in
      state.all[connection.id] = nil
      guard let peer = connection.peer else { return }
      let left = state.counts[peer, default: 1] - 1
      state.counts[peer] = left > 0 ? left : nil
    }
  }

  /// Ends the connections whose next request does not come, and says after how many seconds to look again;
  /// nil where nothing is waited for.
  func sweep() -> Double? {
    let all = state.withLock { Array($0.all.values) }
    let now = ContinuousClock.now
    // What is on a Unix socket is this machine's own, and left to libmicrohttpd's clock.
    return all.compactMap { $0.peer == nil ? nil : $0.secondsLeft(at: now, limits) }.min()
  }
}
