/// What this program is.
package enum Version {
  package static let number = "0.1.0"
  /// As records and requests name it.
  package static let program = "Darkroom \(number)"
  /// The `User-Agent` of requests to providers.
  package static let userAgent = "Darkroom/\(number)"
}
