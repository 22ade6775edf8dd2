/// The directory that a user knows as `~`.
struct HomeDirectory: Equatable, Sendable {
  /// Absolute, no slash at the end; empty where there is none.
  private let path: String

  init(_ path: String?) {
    var path = path ?? ""
    while path.hasSuffix("/") { path.removeLast() }
    self.path = path.hasPrefix("/") ? path : ""
  }

  /// A path as it is shown: `~/Pictures`. One outside the directory stays as it is.
  func shown(_ other: String) -> String {
    guard !path.isEmpty, other.hasPrefix(path) else { return other }
    let rest = other.dropFirst(path.count)
    return rest.isEmpty || rest.hasPrefix("/") ? "~" + rest : other
  }
}
