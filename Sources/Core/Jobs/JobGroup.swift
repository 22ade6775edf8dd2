/// Jobs that were asked for together, since their model draws one picture a request.
///
/// It is in the intent of each of them, and all intents are written before anything of the group is sent: a
/// group of which some are missing was never sent.
package struct JobGroup: Codable, Equatable, Hashable, Sendable {
  /// The name of its first job, `k7f2`.
  package var id: String
  /// Which of them this is, from zero.
  package var place: Int
  /// How many there are.
  package var size: Int

  package init(id: String, place: Int, size: Int) {
    self.id = id
    self.place = place
    self.size = size
  }
}
