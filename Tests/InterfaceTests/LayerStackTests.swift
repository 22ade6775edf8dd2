import Screen
import Testing

@testable import Interface

/// Layers that go while others are asked: each is the one it was, wherever it stands by then.
struct LayerStackTests {
  /// Asks for something whenever it hears of anything.
  private struct Probe: LayerState {
    enum Wish: Equatable {
      case nothing, toCloseTheHelp, toFocusThePictures
    }

    static let actions: [Action] = []
    let wish: Wish
    /// How often it heard of something.
    var heard = 0

    var contexts: [KeyContext] { [.list] }
    var reach: LayerReach { .panes }

    func draw(on canvas: inout Canvas, in area: Rect, _ facts: ViewFacts) -> Position? { nil }

    mutating func hear(_ action: AppAction, _ state: AppState) -> [ViewRequest]? {
      heard += 1
      switch wish {
      case .nothing: return []
      case .toCloseTheHelp:
        let close = { (state: inout AppState) -> [AppEffect] in
          state.layers.close(HelpPage.self)
          return []
        }
        return [.change(close), .close]
      case .toFocusThePictures: return [.focus(.history), .close]
      }
    }
  }

  private func session(_ layers: [any LayerState]) -> Session {
    var session = Session()
    for layer in layers { session.state.open(layer) }
    return session
  }

  private let help = HelpPage(for: [.prompt, .text])

  @Test func aLayerClosesItselfBehindAChangeThatRemovesTheOneBelow() {
    let above = Probe(wish: .nothing)
    var session = session([help, Probe(wish: .toCloseTheHelp), above])
    session.happens(.serviceConnected)
    #expect(session.state.layers.layers.count == 1)
    #expect(session.state.layers.first(Probe.self) == Probe(wish: .nothing, heard: 1))
  }

  @Test func aLayerClosesItselfBehindAFocusThatTakesTheOneBelow() {
    var session = Session()
    session.press("Alt-2", "Enter")
    #expect(session.state.layers.top is ChoiceList)
    session.state.open(Probe(wish: .toFocusThePictures))
    session.state.open(help)
    session.happens(.serviceConnected)
    #expect(session.state.layers.layers.count == 1 && session.state.layers.top is HelpPage)
    #expect(session.state.focus == .history)
  }

  /// Nobody asks those that are gone, and those that stay are asked once.
  @Test func aChangeMayRemoveAllThatAreStillToBeTold() {
    var session = session([Probe(wish: .nothing), help, help, Probe(wish: .toCloseTheHelp)])
    session.happens(.serviceConnected)
    #expect(session.state.layers.layers.count == 1)
    #expect(session.state.layers.first(Probe.self) == Probe(wish: .nothing, heard: 1))
  }
}
