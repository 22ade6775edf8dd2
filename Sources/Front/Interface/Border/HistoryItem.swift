/// One picture of the gallery as the screen shows it.
package struct HistoryItem: Equatable, Sendable, Identifiable {
  /// The picture's id, `k7f2-1`.
  package let id: String
  /// The file, absolute.
  package var path: String
  package var prompt: String
  package var modelName: String
  package var providerName: String
  /// Pixels.
  package var width: Int
  /// Pixels.
  package var height: Int
  package var byteCount: Int
  /// When it was made, local time, ready to be shown: `14:32` today, `11-20` before.
  package var time: String
  /// How many reference images its request had.
  package var referenceCount: Int
  /// How many layers of a split picture this row stands for beside itself.
  package var layerCount = 0

  package init(
    id: String, path: String, prompt: String, modelName: String, providerName: String,
    width: Int, height: Int, byteCount: Int, time: String, referenceCount: Int = 0
  ) {
    self.id = id
    self.path = path
    self.prompt = prompt
    self.modelName = modelName
    self.providerName = providerName
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.time = time
    self.referenceCount = referenceCount
  }
}
