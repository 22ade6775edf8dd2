import HTTP

/// What every run of a studio works with.
struct Workbench: Sendable {
  let archive: Archive
  let client: HTTPClient
  let limiter: RateLimiter
  let retries: RetryPolicy
  /// Seconds before each time a provider is asked for pictures it still draws; nil for its dialect's.
  let pollPauses: [Double]?
}
