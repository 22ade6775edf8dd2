/// What this program is.
enum Version {
  static let number = "0.1.0"
  /// As records and requests name it.
  static let program = "Darkroom \(number)"
  /// The `User-Agent` of requests to providers.
  static let userAgent = "Darkroom/\(number)"
}
