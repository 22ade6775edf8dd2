import Screen
import Testing

@testable import Interface

/// A split picture and its layers: one row that can be opened, and what keys act on.
@Suite("Layers")
struct LayerRowTests {
  private func session() -> Session {
    var session = Session()
    session.happens(
      .historyLoaded([Sample.split("sp", layers: 3)] + Sample.pictures(2), total: 3))
    session.press("Alt-4")
    return session
  }

  @Test func aSetIsOneRowThatSaysWhatItStandsFor() {
    let session = session()
    #expect(session.rows == ["sp-1", "p2-1", "p1-1"])
    #expect(session.shows("sp-1 ▸+3 layers"))
    #expect(session.shows("→ layers"))
  }

  @Test func rightOpensItAndLeftFoldsIt() {
    var session = session()
    session.press("→")
    #expect(session.rows == ["sp-1", "sp-2", "sp-3", "sp-4", "p2-1", "p1-1"])
    #expect(session.shows("▾+3 layers") && session.shows("└ sp-3 thing 2"))
    #expect(session.chosen == "sp-1")
    session.press("→")
    #expect(session.chosen == "sp-2")
    #expect(session.state.previewKey?.pictureID == "sp-2")
    session.press("↓", "←")
    #expect(session.rows == ["sp-1", "p2-1", "p1-1"])
    #expect(session.chosen == "sp-1")
    // Nothing to open.
    session.press("↓", "→")
    #expect(session.chosen == "p2-1" && session.rows.count == 3)
    #expect(!session.shows("→ layers"))
  }

  @Test func itStaysOpenWhenTheListIsReadAgain() {
    var session = session()
    session.press("→", "↓", "↓")
    session.happens(
      .historyLoaded([Sample.split("sp", layers: 3)] + Sample.pictures(2), total: 3))
    #expect(session.chosen == "sp-3")
    #expect(session.total == 3 && session.rows.count == 6)
  }

  @Test func trashingTheRowTakesTheSetAndSaysSo() {
    var session = session()
    session.press("d")
    #expect(session.effects.contains(.trashPicture(id: "sp-1")))
    #expect(session.shows("Putting sp-1 and 3 layers into the trash…"))
    #expect(session.rows == ["p2-1", "p1-1"] && session.total == 2)
    session.happens(.pictureTrashed(id: "sp-1"))
    #expect(session.shows("✓ sp-1 and 3 layers are in the trash; u takes them back."))
    session.press("u")
    #expect(session.effects.contains(.restorePicture(id: "sp-1")))
    session.happens(.pictureRestored(id: "sp-1"))
    #expect(session.shows("✓ sp-1 and 3 layers are back."))
  }

  @Test func theRowOfALayerIsThatLayerAlone() {
    var session = session()
    session.press("→", "↓", "↓", "d")
    #expect(session.effects.contains(.trashPicture(id: "sp-3")))
    #expect(session.shows("Putting sp-3 into the trash…"))
    #expect(session.rows == ["sp-1", "sp-2", "sp-4", "p2-1", "p1-1"])
    #expect(session.shows("▾+2 layers") && session.total == 3)
    session.press("Enter")
    #expect(session.state.compose.references.items.map(\.name) == ["sp-4"])
    session.press("←", "Enter")
    #expect(session.shows("sp-1 is reference 2. It is the base alone"))
  }

  @Test func layersThatComeJoinTheirSet() {
    var session = session()
    let whole = Sample.split("qq", layers: 2)
    var base = whole
    base.layers = []
    // A layer may be filed before its base.
    session.happens(.pictureArrived(whole.layers[1]))
    session.happens(.pictureArrived(base))
    session.happens(.pictureArrived(whole.layers[0]))
    session.happens(.pictureArrived(whole.layers[0]))
    #expect(session.rows == ["qq-1", "sp-1", "p2-1", "p1-1"] && session.total == 4)
    #expect(session.shows("qq-1 ▸+2 layers a split"))
    session.press("Home", "→")
    #expect(session.rows.prefix(4) == ["qq-1", "qq-2", "qq-3", "sp-1"])
    #expect(session.shows("└ qq-2 thing 1") && session.shows("└ qq-3 thing 2"))
  }

  @Test func aLayerThatIsLeftAloneSaysWhatItIs() {
    var session = Session()
    session.happens(.historyLoaded([Sample.split("qq", layers: 2).layers[1]], total: 1))
    #expect(session.shows("qq-3 thing 2"))
  }

  /// What was looked at when its base came keeps its row.
  @Test func theSelectionStaysOnALayerWhoseBaseComesLater() {
    var session = Session()
    let whole = Sample.split("qq", layers: 2)
    session.happens(.historyLoaded([whole.layers[1]], total: 1))
    session.press("Alt-4")
    var base = whole
    base.layers = []
    session.happens(.pictureArrived(base))
    #expect(session.chosen == "qq-3")
    session.press("d")
    #expect(session.effects.contains(.trashPicture(id: "qq-3")))
  }
}

extension Sample {
  /// A split picture with its layers.
  static func split(_ job: String, layers count: Int) -> PictureItem {
    var base = picture("\(job)-1", "a split")
    base.layer = PictureItem.Layer(set: job, order: 0, name: nil)
    base.layers = (1...count).map { order in
      var layer = picture("\(job)-\(order + 1)", "a split")
      layer.layer = PictureItem.Layer(set: job, order: order, name: "thing \(order)")
      return layer
    }
    return base
  }
}
