/// What a service says of itself.
package struct ServiceGreeting: Codable, Equatable, Sendable {
  package var version: String
  package var processID: Int
  /// The gallery's real path.
  package var gallery: String

  package init(version: String, processID: Int, gallery: String) {
    self.version = version
    self.processID = processID
    self.gallery = gallery
  }
}
