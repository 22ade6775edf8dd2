import Seedream

/// How many pictures of each model may still be drawn: a bucket that fills evenly and holds what one
/// minute brings.
///
/// The vendor counts pictures, not requests, by model and account (doc 1824121).
struct PictureAllowance {
  private struct Bucket {
    var level: Double
    /// In seconds, on the caller's clock.
    var filled: Double
  }

  private var buckets: [ModelFamily: Bucket] = [:]

  /// Takes pictures out, all of them or none.
  ///
  /// - Parameters:
  ///   - perMinute: What the bucket holds when it is full.
  ///   - now: Seconds on any clock that does not go back.
  /// - Returns: Nil when they were there; else after how many seconds they are, at least one.
  mutating func take(_ count: Int, of model: ModelFamily, perMinute: Int, now: Double) -> Double? {
    let capacity = Double(perMinute)
    var bucket = buckets[model] ?? Bucket(level: capacity, filled: now)
    bucket.level = min(capacity, bucket.level + max(0, now - bucket.filled) * capacity / 60)
    bucket.filled = now
    defer { buckets[model] = bucket }
    guard bucket.level >= Double(count) else {
      let missing = min(Double(count), capacity) - bucket.level
      return max(1, capacity > 0 ? missing * 60 / capacity : 60)
    }
    bucket.level -= Double(count)
    return nil
  }
}
