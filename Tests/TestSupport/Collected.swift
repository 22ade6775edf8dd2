internal import Synchronization

/// What several threads add to.
package final class Collected<Element: Sendable>: Sendable {
  private let state = Mutex<[Element]>([])

  package init() {}

  package var all: [Element] { state.withLock { $0 } }

  /// How many of those before fit.
  @discardableResult
  package func append(
    _ element: Element, counting isCounted: (Element) -> Bool = { _ in true }
  ) -> Int {
    state.withLock { state in
      defer { state.append(element) }
      return state.count(where: isCounted)
    }
  }

  package func append(contentsOf elements: [Element]) { state.withLock { $0 += elements } }
}
