import Screen

/// Pictures turned into cells, and what is awaited.
struct Preview: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    case picture(CellPicture)
    case failed(message: String)
  }

  /// Enough to go back and forth without asking again; a few megabytes at most.
  private static let capacity = 24

  /// Least recently loaded first.
  private var loaded: [(key: PreviewKey, content: Content)] = []
  private var requested: PreviewKey?

  static func == (one: Preview, other: Preview) -> Bool {
    one.requested == other.requested && one.loaded.elementsEqual(other.loaded, by: ==)
  }

  subscript(key: PreviewKey) -> Content? {
    loaded.last { $0.key == key }?.content
  }

  /// Says which picture is looked at; asks for it unless it is there or already asked for.
  mutating func want(_ key: PreviewKey?) -> [AppEffect] {
    guard let key, self[key] == nil, requested != key else { return [] }
    requested = key
    return [.loadPreview(key)]
  }

  mutating func received(_ key: PreviewKey, _ content: Content) {
    if requested == key { requested = nil }
    loaded.removeAll { $0.key == key }
    if loaded.count == Self.capacity { loaded.removeFirst() }
    loaded.append((key, content))
  }
}
