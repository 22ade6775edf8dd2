import Jobs
import Screen

// What stands in front of the panes gets keys, text and pointer first.

extension AppState {
  private var layerFacts: LayerFacts {
    LayerFacts(keymap: keymap, wall: wall) { [history] in history.job($0) }
  }

  func area(of layer: any LayerState) -> Rect {
    let (layout, rows) = (layout, messageRows(layout))
    return layer.area(on: size, above: rows > 0 ? layout.message.row - rows + 1 : nil)
  }

  /// - Returns: nil where nothing is in front, or the command is not for it.
  mutating func performInFront(_ command: Command) -> [AppEffect]? {
    let top = layers.layers.count - 1
    guard top >= 0 else { return nil }
    let facts = layerFacts
    return layers.change(at: top) { $0.perform(command, facts) }.map { answer($0, of: top) }
  }

  /// Opens what an action opens in front of everything else.
  mutating func open(_ action: ActionID) {
    for kind in Layer.kinds {
      guard let layer = kind.opened(by: action, from: self) else { continue }
      layers.push(layer)
      if !layer.coversMessages { message.clear() }
      return
    }
  }

  /// Tells what stands in front what has happened.
  mutating func tellLayers(_ action: AppAction) -> [AppEffect] {
    let facts = layerFacts
    var effects: [AppEffect] = []
    var isTaken = false
    for index in layers.layers.indices.reversed() {
      guard let requests = layers.change(at: index, { $0.hear(action, facts) }) else { continue }
      isTaken = true
      effects += answer(requests, of: index)
    }
    if !isTaken, case .attachRefused(_, let text) = action { message.show(Notice(.error, text)) }
    return effects
  }

  mutating func pointInFront(_ event: MouseEvent) {
    let top = layers.layers.count - 1
    let area = area(of: layers.layers[top])
    layers.change(at: top) { $0.point(event, in: area) }
  }

  mutating func pasteInFront(_ text: String) {
    layers.change(at: layers.layers.count - 1) { $0.paste(text) }
  }

  mutating func editInFront(_ change: (inout TextEditor) -> Void) {
    layers.change(at: layers.layers.count - 1) { $0.line?.edit(change) }
  }

  mutating func fitLayers() {
    for index in layers.layers.indices {
      let area = area(of: layers.layers[index])
      layers.change(at: index) { $0.fit(area) }
    }
  }

  /// - Returns: where the terminal's cursor goes; nil where none of them is drawn.
  func drawLayers(overMessages: Bool, on canvas: inout Canvas) -> Position?? {
    var cursor: Position??
    for layer in layers.layers where layer.coversMessages == overMessages {
      cursor = .some(layer.draw(on: &canvas, in: area(of: layer), layerFacts))
    }
    return cursor
  }

  private mutating func answer(_ requests: [LayerRequest], of index: Int) -> [AppEffect] {
    var effects: [AppEffect] = []
    for request in requests {
      switch request {
      case .effect(let effect): effects.append(effect)
      case .say(let notice): message.show(notice)
      case .close: layers.remove(at: index)
      case .retry(let job, let key):
        let asked = retry(job, key: key)
        if asked.contains(.retryJob(id: job.id)) { layers.remove(at: index) }
        effects += asked
      }
    }
    return effects
  }
}
