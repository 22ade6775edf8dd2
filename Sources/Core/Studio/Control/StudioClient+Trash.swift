package import Jobs

extension StudioClient {
  /// Moves a picture with its records into the trash.
  package func trash(_ id: String) async throws(StudioError) -> TrashItem {
    try await ask("POST", "/v1/pictures/\(checked(id))/trash", as: TrashItem.self)
  }

  /// Moves a picture out of the trash to where it was, with the layers that went there with it.
  package func restore(_ id: String) async throws(StudioError) -> [SavedPicture] {
    try await ask("POST", "/v1/pictures/\(checked(id))/restore", as: [SavedPicture].self)
  }

  /// What is in the trash, what came last first.
  package func trash() async throws(StudioError) -> [TrashItem] {
    try await ask("GET", "/v1/trash", as: [TrashItem].self)
  }

  /// Removes pictures in the trash for good, by their whole ids; what is left of the trash.
  package func erase(_ ids: [String]) async throws(StudioError) -> [TrashItem] {
    try await ask("POST", "/v1/trash/erase", body: EraseBody(pictures: ids), as: [TrashItem].self)
  }
}
