/// Jobs that were asked for together, since their model generates one picture a request.
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

  /// Numbers that can be counted on with, whoever wrote them.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    size = min(max(1, try container.decode(Int.self, forKey: .size)), 1_000_000)
    place = min(max(0, try container.decode(Int.self, forKey: .place)), size - 1)
  }
}
