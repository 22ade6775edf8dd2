package import Gallery
import Jobs

/// A picture in the trash, as the control socket tells it.
package struct TrashItem: Equatable, Sendable {
  /// `k7f2-1`.
  package var id: String
  /// What its file is called in the gallery: `.darkroom/trash/2026-11-21/143205-k7f2-1-red-lantern.jpg`.
  package var file: String
  package var prompt: String
  package var width: Int
  package var height: Int
  package var byteCount: Int
  /// Seconds since 1970.
  package var created: Double
  /// When it was put there, in seconds since 1970.
  package var trashed: Double

  /// The ids of the layers that came here with it, and go with it; nil where it stands for itself alone.
  package var layers: [String]?

  /// Everything in the trash, in the same order.
  package static func all(_ trashed: [TrashedPicture]) -> [TrashItem] {
    trashed.map { TrashItem($0, with: $0.set(among: trashed)) }
  }

  /// - Parameter set: What goes with it, itself among them.
  init(_ trashed: TrashedPicture, with set: [TrashedPicture]) {
    let picture = trashed.picture
    id = picture.id.description
    file = picture.path
    prompt = picture.prompt
    width = picture.width
    height = picture.height
    byteCount = picture.byteCount
    created = picture.created.seconds
    self.trashed = trashed.trashed.seconds
    let others = set.map(\.picture.id.description).filter { $0 != picture.id.description }
    layers = others.isEmpty ? nil : others
  }
}

extension TrashItem: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, file, path, prompt, width, height, byteCount, created, trashed, layers
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(file, forKey: .file)
    // Programs older than `file` read it, and scripts.
    try container.encodeIfPresent(encoder.path(ofFile: file), forKey: .path)
    try container.encode(prompt, forKey: .prompt)
    try container.encode(width, forKey: .width)
    try container.encode(height, forKey: .height)
    try container.encode(byteCount, forKey: .byteCount)
    try container.encode(created, forKey: .created)
    try container.encode(trashed, forKey: .trashed)
    try container.encodeIfPresent(layers, forKey: .layers)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    file =
      try container.decodeIfPresent(String.self, forKey: .file)
      ?? decoder.file(ofPath: container.decode(String.self, forKey: .path))
    prompt = try container.decode(String.self, forKey: .prompt)
    width = try container.decode(Int.self, forKey: .width)
    height = try container.decode(Int.self, forKey: .height)
    byteCount = try container.decode(Int.self, forKey: .byteCount)
    created = try container.decode(Double.self, forKey: .created)
    trashed = try container.decode(Double.self, forKey: .trashed)
    layers = try container.decodeIfPresent([String].self, forKey: .layers)
  }
}
