import Synchronization

/// What is counted, for `GET /metrics`.
final class Metrics: Sendable {
  /// Upper bounds of the histogram, in seconds.
  static let bounds: [Double] = [0.005, 0.05, 0.25, 1, 5, 15, 30, 60, 120, 300, 900]

  private struct Key: Hashable {
    var endpoint: String
    var status: Int
  }

  private struct Times {
    var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
    var sum = 0.0
    var count = 0
  }

  private struct State {
    var requests: [Key: Int] = [:]
    var times: [String: Times] = [:]
    var streams = 0
    var abandoned = 0
  }

  private let state = Mutex(State())

  /// - Parameters:
  ///   - endpoint: Nil for a path that nobody knows.
  ///   - seconds: From the request to the last byte of its reply.
  func count(_ endpoint: Endpoint?, status: Int, seconds: Double) {
    let name = endpoint?.rawValue ?? "other"
    state.withLock { state in
      state.requests[Key(endpoint: name, status: status), default: 0] += 1
      var times = state.times[name] ?? Times()
      for (index, bound) in Self.bounds.enumerated() where seconds <= bound {
        times.buckets[index] += 1
      }
      times.sum += seconds
      times.count += 1
      state.times[name] = times
    }
  }

  func streamBegan() { state.withLock { $0.streams += 1 } }
  func streamEnded() { state.withLock { $0.streams -= 1 } }
  func clientLeft() { state.withLock { $0.abandoned += 1 } }

  /// Prometheus text exposition format 0.0.4.
  var text: String {
    let state = state.withLock { $0 }
    var lines = [
      "# HELP darkroom_requests_total Requests answered, by endpoint and status.",
      "# TYPE darkroom_requests_total counter",
    ]
    for (key, count) in state.requests.sorted(by: {
      ($0.key.endpoint, $0.key.status) < ($1.key.endpoint, $1.key.status)
    }) {
      lines.append(
        "darkroom_requests_total{endpoint=\"\(key.endpoint)\",status=\"\(key.status)\"} \(count)")
    }
    lines += [
      "# HELP darkroom_request_seconds From the request to the last byte of its reply.",
      "# TYPE darkroom_request_seconds histogram",
    ]
    for (name, times) in state.times.sorted(by: { $0.key < $1.key }) {
      for (bound, count) in zip(Self.bounds, times.buckets) {
        lines.append(
          "darkroom_request_seconds_bucket{endpoint=\"\(name)\",le=\"\(bound)\"} \(count)")
      }
      lines += [
        "darkroom_request_seconds_bucket{endpoint=\"\(name)\",le=\"+Inf\"} \(times.count)",
        "darkroom_request_seconds_sum{endpoint=\"\(name)\"} \(times.sum)",
        "darkroom_request_seconds_count{endpoint=\"\(name)\"} \(times.count)",
      ]
    }
    lines += [
      "# HELP darkroom_open_streams Replies that are being passed on.",
      "# TYPE darkroom_open_streams gauge", "darkroom_open_streams \(state.streams)",
      "# HELP darkroom_clients_left_total Clients that went away before their reply was complete.",
      "# TYPE darkroom_clients_left_total counter",
      "darkroom_clients_left_total \(state.abandoned)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
