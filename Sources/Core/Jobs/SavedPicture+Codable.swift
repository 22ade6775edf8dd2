internal import Seedream

extension CodingUserInfoKey {
  /// Where the gallery is, for an encoder whose reader is promised absolute paths: a `String`.
  package static var galleryRoot: CodingUserInfoKey? { CodingUserInfoKey(rawValue: "galleryRoot") }
}

extension Encoder {
  /// The path of a file of the gallery; nil where none was promised.
  package func path(ofFile name: String) -> String? {
    let root = CodingUserInfoKey.galleryRoot.flatMap { userInfo[$0] } as? String
    return root.map { "\($0)/\(name)" }
  }
}

/// What files of a gallery are called in it.
package struct FileNaming: Sendable {
  /// By their absolute paths.
  package var name: @Sendable (_ path: String) -> String

  package init(_ name: @escaping @Sendable (_ path: String) -> String) { self.name = name }
}

extension CodingUserInfoKey {
  /// For a decoder of what an older service says, which tells files by their paths: a `FileNaming`.
  package static var fileNaming: CodingUserInfoKey? { CodingUserInfoKey(rawValue: "fileNaming") }
}

extension Decoder {
  /// What a file is called that is told by its path. Throws where nobody said how to know.
  package func file(ofPath path: String) throws -> String {
    guard let naming = CodingUserInfoKey.fileNaming.flatMap({ userInfo[$0] }) as? FileNaming else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: codingPath, debugDescription: "A file without its name."))
    }
    return naming.name(path)
  }
}

extension SavedPicture: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, file, path, width, height, byteCount, created, trashed, layer, background, remark
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(file, forKey: .file)
    // Programs older than `file` read it, and scripts.
    try container.encodeIfPresent(encoder.path(ofFile: file), forKey: .path)
    try container.encode(width, forKey: .width)
    try container.encode(height, forKey: .height)
    try container.encode(byteCount, forKey: .byteCount)
    try container.encode(created, forKey: .created)
    try container.encodeIfPresent(trashed, forKey: .trashed)
    try container.encodeIfPresent(layer, forKey: .layer)
    try container.encodeIfPresent(background, forKey: .background)
    try container.encodeIfPresent(remark, forKey: .remark)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let file = try container.decodeIfPresent(String.self, forKey: .file)
    self.init(
      id: try container.decode(String.self, forKey: .id),
      file: try file ?? decoder.file(ofPath: container.decode(String.self, forKey: .path)),
      width: try container.decode(Int.self, forKey: .width),
      height: try container.decode(Int.self, forKey: .height),
      byteCount: try container.decode(Int.self, forKey: .byteCount),
      created: try container.decode(Double.self, forKey: .created),
      remark: try container.decodeIfPresent(String.self, forKey: .remark))
    trashed = try container.decodeIfPresent(Double.self, forKey: .trashed)
    layer = try container.decodeIfPresent(PictureLayer.self, forKey: .layer)
    background = try container.decodeIfPresent(String.self, forKey: .background)
  }
}
