/// One layer of a picture that was split.
///
/// Source: Image generation API (doc 1541523), revision of autumn 2026.
public struct PictureLayer: Equatable, Sendable, Codable {
  /// A part of the base.
  public struct Box: Equatable, Sendable, Codable {
    /// The first column.
    public var left: Int
    /// The first row.
    public var top: Int
    /// The column after the last.
    public var right: Int
    /// The row after the last.
    public var bottom: Int

    /// Joins four edges as the provider says them; they may make no sense.
    public init(left: Int, top: Int, right: Int, bottom: Int) {
      self.left = left
      self.top = top
      self.right = right
      self.bottom = bottom
    }

    /// As the wire has it.
    package var edges: [Int] { [left, top, right, bottom] }
  }

  /// From the bottom up; the base is zero.
  public var order: Int
  /// The provider's name for what is on it, fit to be shown.
  public var name: String?
  /// The provider's words for what is on it, fit to be shown.
  public var description: String?
  /// Where it lies on the base, in pixels; nil for the base itself.
  public var box: Box?
  /// The same in thousandths of the base.
  public var normalized: Box?
  /// What else the reply says of it, such as the text, font and colour of a layer of text: as given, since
  /// those names are not documented. Nil where it says nothing else.
  public var details: [String: ReplyValue]?

  /// Describes a layer.
  public init(
    order: Int, name: String? = nil, description: String? = nil, box: Box? = nil,
    normalized: Box? = nil, details: [String: ReplyValue]? = nil
  ) {
    self.order = order
    self.name = name
    self.description = description
    self.box = box
    self.normalized = normalized
    self.details = details
  }

  /// Its members as the wire has them.
  package var members: [(String, JSONText)] {
    var members: [(String, JSONText)] = [("z_index", .number(order))]
    if let box {
      func list(_ box: Box) -> JSONText { .array(box.edges.map { .number($0) }) }
      let normalized = normalized.map { [("normalized", list($0))] } ?? []
      members.append(("bounding_box", .object([("absolute", list(box))] + normalized)))
    }
    if let name { members.append(("name", .string(name))) }
    if let description { members.append(("description", .string(description))) }
    for (key, value) in (details ?? [:]).sorted(by: { $0.key < $1.key }) {
      members.append((key, value.text))
    }
    return members
  }

  /// The same with every text of the provider changed: without a secret, for instance.
  package func mapStrings(_ change: (String) -> String) -> PictureLayer {
    var layer = self
    layer.name = name.map(change)
    layer.description = description.map(change)
    layer.details = details?.mapValues { $0.mapStrings(change) }
    return layer
  }
}

extension PictureLayer {
  /// Nil where the member of a reply names no layer.
  init?(_ member: KeyedDecodingContainer<JSONKey>) {
    guard let order = member.integer("z_index") else { return nil }
    let place = member.object("bounding_box")
    self.init(
      order: order, name: member.lenient(String.self, "name").map { $0.shown(limit: 80) },
      description: member.lenient(String.self, "description").map { $0.shown(limit: 300) },
      box: Self.box(place, "absolute"), normalized: Self.box(place, "normalized"),
      details: Self.details(member))
  }

  private static func box(
    _ place: KeyedDecodingContainer<JSONKey>?, _ key: JSONKey
  ) -> Box? {
    let edges = place?.lenient([Double].self, key)?.compactMap { Int(exactly: $0.rounded()) } ?? []
    guard edges.count == 4 else { return nil }
    return Box(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
  }

  /// Members that are read elsewhere, or are no facts about the layer.
  private static let known: Set<String> = [
    "z_index", "bounding_box", "name", "description", "url", "b64_json", "imageUrl", "size",
    "output_format", "background", "error", "index", "image_index", "type", "model", "created",
    "usage",
  ]

  /// Bytes of all other members of one layer that are kept.
  private static let room = 16_384

  private static func details(
    _ member: KeyedDecodingContainer<JSONKey>
  ) -> [String: ReplyValue]? {
    var details: [String: ReplyValue] = [:]
    var weight = 0
    for key in member.allKeys.sorted(by: { $0.stringValue < $1.stringValue })
    where !known.contains(key.stringValue) {
      guard let value = member.lenient(ReplyValue.self, key), value != .null else { continue }
      weight += key.stringValue.utf8.count + value.weight
      guard weight <= room else { break }
      details[key.stringValue] = value
    }
    return details.isEmpty ? nil : details
  }
}
