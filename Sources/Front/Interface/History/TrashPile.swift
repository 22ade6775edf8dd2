/// Pictures that were put into the trash in this session, and can be taken back one after the other.
struct TrashPile: Equatable, Sendable {
  /// The last one last.
  private var ids: [String] = []
  /// Those the service has not answered about: what it does with two questions at once is up to it.
  private var moving: Set<String> = []

  /// The one to take back next.
  var last: String? { ids.last }

  func isMoving(_ id: String) -> Bool { moving.contains(id) }

  mutating func add(_ id: String) {
    ids.append(id)
    moving.insert(id)
  }

  mutating func takeBack(_ id: String) {
    ids.removeAll { $0 == id }
    moving.insert(id)
  }

  /// The service has done it.
  mutating func settled(_ id: String) { moving.remove(id) }

  /// The service has not done it: there is nothing to take back.
  mutating func refused(_ id: String) {
    ids.removeAll { $0 == id }
    moving.remove(id)
  }
}
