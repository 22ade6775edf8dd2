package import Paging

/// One picture of the gallery as the screen shows it.
package struct PictureItem: Equatable, Sendable, Identifiable {
  /// The picture's id, `k7f2-1`.
  package let id: String
  /// What its file is called in the gallery.
  package var file: String
  /// SHA-256 of the picture as it came; nil where that is not known.
  package var imageHash: String?
  package var prompt: String
  package var modelName: String
  package var providerName: String
  /// Pixels.
  package var width: Int
  /// Pixels.
  package var height: Int
  package var byteCount: Int
  package var created: LocalTime
  /// Its place in the list.
  package var position: PicturePosition
  /// How many reference images its request had.
  package var referenceCount: Int
  /// Where it belongs in a set of layers; nil for a picture that was not split.
  package var layer: Layer?
  /// The layers of a split picture that this row stands for beside itself, from the bottom up.
  package var layers: [PictureItem] = []
  /// Whether its row is below the one of its set, which is open.
  var isPart = false

  /// One picture of a set of layers.
  package struct Layer: Equatable, Sendable {
    /// The job that split a picture.
    package let set: String
    /// From the bottom up, zero for the base.
    package let order: Int
    /// What the provider calls it, ready to be shown; nil where it says nothing.
    package let name: String?

    package init(set: String, order: Int, name: String?) {
      self.set = set
      self.order = order
      self.name = name
    }
  }

  /// What a key that acts on all of it acts on: `d96y-1 and 4 layers`.
  var whole: String {
    layers.isEmpty ? id : "\(id) and \(Wording.counted(layers.count, "layer", "layers"))"
  }

  package init(
    id: String, file: String, prompt: String, modelName: String, providerName: String,
    width: Int, height: Int, byteCount: Int, created: LocalTime,
    position: PicturePosition, referenceCount: Int = 0
  ) {
    self.id = id
    self.file = file
    self.prompt = prompt
    self.modelName = modelName
    self.providerName = providerName
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.created = created
    self.position = position
    self.referenceCount = referenceCount
  }
}

extension PictureItem: PlacedRow {
  var set: String? { layer?.set }
}
