/// What a service says of itself.
package struct ServiceGreeting: Codable, Equatable, Sendable {
  /// The program's version, as `ProgramVersion` reads it.
  package var version: String
  package var processID: Int
  /// The gallery's real path.
  package var gallery: String
  /// Whether it finishes its runs and takes nothing new; nil from a service too old to say.
  package var isEnding: Bool?
  /// How many jobs are under way, those that wait for their turn not among them; nil as above.
  package var runs: Int?
  /// What it holds in memory only and waits to bring to a disk before it ends, as a sentence; nil for
  /// nothing.
  package var waitsFor: String?

  /// Which way its requests go, as `NetworkSettings` tells them apart; nil from a service too old to say.
  package var network: [String: String]?

  package init(
    version: String, processID: Int, gallery: String, network: [String: String]? = nil
  ) {
    self.version = version
    self.processID = processID
    self.gallery = gallery
    self.network = network
  }
}
