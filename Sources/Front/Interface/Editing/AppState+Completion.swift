import Screen

// Tab where a path is typed.

extension AppState {
  /// Asks how a path goes on. In other inputs nothing does, and the pane stays.
  mutating func complete() -> [AppEffect] {
    guard let word = openPath else {
      message.show(
        Notice(
          .information,
          "\(keymap.label(.acceptLine)) takes what is typed, \(keymap.label(.back)) drops it."))
      return []
    }
    return [.completePath(word)]
  }

  /// What is typed of a path in the input that has the caret; nil where none is typed.
  private var openPath: String? {
    if let layer = layers.top { return layer.openPath }
    return focused.openPath
  }

  /// Puts in what all that fits has in common. Where something else was typed meanwhile, nothing happens.
  mutating func pathCompleted(_ typed: String, _ paths: [String]) {
    guard openPath == typed else { return }
    var found = paths
    if layers.top == nil, !typed.isEmpty, !typed.contains("/") {
      found += history.pictures.map(\.id).filter { $0.hasPrefix(typed) }
    }
    guard let first = found.first else {
      message.show(Notice(.information, "Nothing begins with '\(DisplayText.visible(typed))'."))
      return
    }
    let common = found.dropFirst().reduce(first) { String($0.commonPrefix(with: $1)) }
    if common.count > typed.count {
      let layer = layers.top
      edit { editor in
        editor = TextEditor(
          layer?.completed(editor.text, with: common) ?? common, isSingleLine: true)
      }
    }
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
