import FoundationEssentials
import Gallery
import Jobs

/// Values as one line of JSON, keys in order: the same shape for the same thing in every command. Times are texts
/// (`2026-11-30T13:48:58+01:00`), lengths of files `bytes`, and what a terminal would obey or a reader of lines would
/// take for an end is escaped.
enum JSONLine {
  /// - Parameter gallery: Whose pictures it tells of: scripts are promised their paths.
  static func text(_ value: some Encodable, in gallery: GalleryLayout? = nil) -> String {
    let encoder = JSONEncoder()
    if let gallery, let key = CodingUserInfoKey.galleryRoot { encoder.userInfo[key] = gallery.root }
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let inner = try? encoder.encode(value),
      let tree = try? JSONDecoder().decode(Tree.self, from: inner),
      let json = try? encoder.encode(tree.shaped)
    else { return "null" }
    return escaped(String(decoding: json, as: UTF8.self))
  }

  /// JSON in which controls, separators of lines and what is not seen are `\u009b`; line ends between its values stay.
  static func escaped(_ json: String) -> String {
    if json.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A }) { return json }
    var result = ""
    for scalar in json.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar == "\n":
        result.unicodeScalars.append(scalar)
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Any JSON.
  private indirect enum Tree: Codable {
    case object([String: Tree])
    case list([Tree])
    case text(String)
    case whole(Int)
    case number(Double)
    case truth(Bool)
    case null

    private static let times: Set<String> = [
      "created", "trashed", "submitted", "sent", "finished", "waitsUntil",
    ]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .truth(value)
      } else if let value = try? container.decode(Int.self) {
        self = .whole(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .text(value)
      } else if let value = try? container.decode([Tree].self) {
        self = .list(value)
      } else {
        self = .object(try container.decode([String: Tree].self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .object(let members): try container.encode(members)
      case .list(let members): try container.encode(members)
      case .text(let value): try container.encode(value)
      case .whole(let value): try container.encode(value)
      case .number(let value): try container.encode(value)
      case .truth(let value): try container.encode(value)
      case .null: try container.encodeNil()
      }
    }

    /// The same as programs get it.
    var shaped: Tree {
      switch self {
      case .object(let members):
        .object(
          Dictionary(
            // Of a picture with its path the name in the gallery is the same once more.
            uniqueKeysWithValues: members.filter { $0.key != "file" || members["path"] == nil }.map
            {
              ($0 == "byteCount" ? "bytes" : $0, $1.shaped(as: $0))
            }))
      case .list(let members): .list(members.map(\.shaped))
      default: self
      }
    }

    private func shaped(as name: String) -> Tree {
      guard Self.times.contains(name) else { return shaped }
      return switch self {
      case .whole(let seconds): .text(Timestamp(local: Double(seconds)).description)
      case .number(let seconds): .text(Timestamp(local: seconds).description)
      default: shaped
      }
    }
  }
}
