import HTTP

/// What every run of a studio works with.
struct Workbench: Sendable {
  let archive: Archive
  let client: HTTPClient
  let limiter: RateLimiter
  let retries: RetryPolicy
}
