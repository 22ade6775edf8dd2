import Screen

// The views by their places: the panes, and what stands in front of them. A pane is four lines here.

extension AppState {
  static let panes: [any ViewState.Type] = [
    PromptPane.self, ParameterForm.self, ReferenceList.self, PicturesPane.self,
  ]

  subscript(pane: Pane) -> any ViewState {
    switch pane {
    case .prompt: compose.prompt
    case .parameters: compose.parameters
    case .references: compose.references
    case .history: picturesPane
    }
  }

  /// Changes one of the panes.
  mutating func change<R>(_ pane: Pane, _ body: (inout any ViewState) -> R) -> R {
    switch pane {
    case .prompt: Self.change(&compose.prompt, body)
    case .parameters: Self.change(&compose.parameters, body)
    case .references: Self.change(&compose.references, body)
    case .history: Self.change(&picturesPane, body)
    }
  }

  func isSame(_ pane: Pane, as other: AppState) -> Bool {
    switch pane {
    case .prompt: compose.prompt == other.compose.prompt
    case .parameters: compose.parameters == other.compose.parameters
    case .references: compose.references == other.compose.references
    case .history: picturesPane == other.picturesPane
    }
  }

  /// What has the keys.
  var front: any ViewState { layers.top ?? self[focus] }

  /// What is seen in a pane.
  func view(in pane: Pane) -> any ViewState {
    layers.last(in: pane).flatMap { layers[$0] } ?? self[pane]
  }

  func facts(isFocused: Bool = true) -> ViewFacts {
    ViewFacts(isFocused: isFocused, keymap: keymap, home: home, now: time, wall: wall)
  }

  /// Changes the text that has the caret.
  mutating func edit(_ change: (inout TextEditor) -> Void) {
    if let layer = layers.ids.last {
      layers.change(layer) { $0.edit(change) }
    } else {
      self.change(focus) { $0.edit(change) }
    }
  }

  /// Changes what has the keys, and does what it asks for.
  mutating func changeFront(_ body: (inout any ViewState) -> [ViewRequest]) -> [AppEffect] {
    if let layer = layers.ids.last { return changeLayer(layer, body) }
    return answer(change(focus, body))
  }

  /// Puts another value of what has the keys in its place.
  mutating func put(_ view: any ViewState) {
    _ = changeFront { front in
      front = view
      return []
    }
  }

  /// Changes what is seen in a pane, and does what it asks for.
  mutating func changeView(
    in pane: Pane, _ body: (inout any ViewState) -> [ViewRequest]
  ) -> [AppEffect] {
    if let layer = layers.last(in: pane) { return changeLayer(layer, body) }
    return answer(change(pane, body))
  }

  /// Has a layer do something, where it is in front.
  mutating func changeFront<L: LayerState>(
    _ kind: L.Type, _ body: (inout L, ViewFacts) -> [ViewRequest]
  ) -> [AppEffect] {
    guard var layer = layers.top as? L else { return [] }
    let facts = facts()
    return changeFront { view in
      let requests = body(&layer, facts)
      view = layer
      return requests
    }
  }

  mutating func open(_ layer: any LayerState) {
    layers.push(layer)
    if layer.reach == .panes { message.clear() }
  }

  /// Leaves the focus where it is while what is typed there cannot be taken.
  mutating func moveFocus(to pane: Pane) {
    guard pane != focus, change(focus, { $0.leave() }) else { return }
    layers.leave(focus)
    focus = pane
    change(pane) { $0.enter() }
  }

  /// Tells what stands in front what has happened.
  mutating func tellLayers(_ action: AppAction) -> [AppEffect] {
    var effects: [AppEffect] = []
    var isTaken = false
    // What one of them asks for may close others, and is what the next hears of.
    for layer in layers.ids.reversed() {
      let state = self
      guard let requests = layers.change(layer, { $0.hear(action, state) }) ?? nil else { continue }
      isTaken = true
      effects += answer(requests, of: layer)
    }
    if !isTaken, case .attachRefused(_, let text) = action { message.show(Notice(.error, text)) }
    return effects
  }

  private mutating func changeLayer(
    _ id: LayerStack.ID, _ body: (inout any ViewState) -> [ViewRequest]
  ) -> [AppEffect] {
    let requests = layers.change(id) { layer in
      var view: any ViewState = layer
      let requests = body(&view)
      if let changed = view as? any LayerState { layer = changed }
      return requests
    }
    return answer(requests ?? [], of: id)
  }

  /// Takes a view out of its place and puts it back: a long text in it is not copied for a letter.
  private static func change<V: ViewState, R>(
    _ place: inout V, _ body: (inout any ViewState) -> R
  ) -> R {
    var view: any ViewState = consume place
    let result = body(&view)
    guard let changed = view as? V else { preconditionFailure("a pane is of one type") }
    place = changed
    return result
  }

  /// Does what a view asks for.
  ///
  /// - Parameter layer: the one that asks; nil where it is no layer.
  mutating func answer(
    _ requests: [ViewRequest], of layer: LayerStack.ID? = nil
  ) -> [AppEffect] {
    var effects: [AppEffect] = []
    for request in requests {
      switch request {
      case .effect(let effect): effects.append(effect)
      case .say(let notice): message.show(notice)
      case .tell(let news): message.tell(news)
      case .focus(let pane): moveFocus(to: pane)
      case .close: if let layer { layers.remove(layer) }
      case .change(let change): effects += change(&self)
      }
    }
    return effects
  }
}
