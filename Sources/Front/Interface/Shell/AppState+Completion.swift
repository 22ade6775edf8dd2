import Screen

// Tab where a path is typed.

extension AppState {
  /// Asks how a path goes on. In other inputs nothing does, and the pane stays.
  mutating func complete() -> [AppEffect] {
    guard let word = front.line?.openPath else {
      message.show(
        Notice(
          .information,
          "\(keymap.label(.acceptLine)) takes what is typed, \(keymap.label(.back)) drops it."))
      return []
    }
    return [.completePath(word)]
  }

  /// Puts in what all that fits has in common. Where something else was typed meanwhile, nothing happens.
  mutating func pathCompleted(_ typed: String, _ paths: [String]) {
    guard let line = front.line, line.openPath == typed else { return }
    var found = paths
    if line.names == .reference, !typed.isEmpty, !typed.contains("/") {
      found += history.pictures.map(\.id).filter { $0.hasPrefix(typed) }
    }
    guard let first = found.first else {
      message.show(Notice(.information, "Nothing begins with '\(DisplayText.visible(typed))'."))
      return
    }
    let common = found.dropFirst().reduce(first) { String($0.commonPrefix(with: $1)) }
    if common.count > typed.count { edit { $0 = line.completed(with: common) } }
    guard found.count > 1 else { return }
    let names = found.prefix(8).map { path in
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return DisplayText.visible(name + (path.hasSuffix("/") ? "/" : ""))
    }
    let more = found.count > names.count ? ", … \(found.count) in all" : ""
    message.show(Notice(.information, names.joined(separator: ", ") + more))
  }
}

extension String {
  /// The beginning that two texts have in common.
  fileprivate func commonPrefix(with other: String) -> Substring {
    let count = zip(self, other).prefix { $0 == $1 }.count
    return prefix(count)
  }
}
