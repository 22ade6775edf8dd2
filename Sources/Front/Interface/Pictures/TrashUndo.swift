/// Pictures that were put into the trash in this session, and can be taken back one after the other.
struct TrashUndo: Equatable, Sendable {
  /// The last one last.
  private var ids: [String] = []
  /// Those the service has not answered about: what it does with two questions at once is up to it.
  private var moving: Set<String> = []
  /// Whether the one to take back is another one since the last key: the one before it was refused.
  private(set) var hasNews = false
  /// How many layers went with each that stood for some.
  private var layers: [String: Int] = [:]

  /// The one to take back next.
  var last: String? { ids.last }

  func isMoving(_ id: String) -> Bool { moving.contains(id) }

  /// How many layers go with one, either way.
  func layers(with id: String) -> Int { layers[id] ?? 0 }

  mutating func add(_ id: String, layers count: Int = 0) {
    ids.append(id)
    layers[id] = count
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
    hasNews = hasNews || last == id
    ids.removeAll { $0 == id }
    moving.remove(id)
  }

  /// What was told so far has been seen.
  mutating func keyTaken() { hasNews = false }
}
