/// What a picture comes from beyond its request: a template and what was chosen in it, a cell of an experiment,
/// other pictures.
package struct Provenance: Codable, Equatable, Sendable {
  /// The prompt as it was written, before words were chosen for its placeholders.
  package var template: String?
  /// What was chosen, in the order of the template.
  package var choices: [Choice]?
  package var experiment: ExperimentID?
  /// Where the picture stands in the experiment.
  package var cell: CellPlace?
  /// Pictures of the gallery that the references do not tell, or of which more is known than that they are
  /// references.
  package var parents: [ParentEdge]?

  package init(
    template: String? = nil, choices: [Choice]? = nil, experiment: ExperimentID? = nil,
    cell: CellPlace? = nil, parents: [ParentEdge]? = nil
  ) {
    self.template = template
    self.choices = choices
    self.experiment = experiment
    self.cell = cell
    self.parents = parents
  }

  package var isEmpty: Bool { self == Provenance() }

  /// The words that one placeholder has become.
  package struct Choice: Codable, Equatable, Sendable {
    package var name: String
    package var words: String

    package init(name: String, words: String) {
      self.name = name
      self.words = words
    }
  }
}

/// The name of an experiment.
package struct ExperimentID: Codable, Hashable, Sendable, CustomStringConvertible {
  package var text: String

  package init(_ text: String) { self.text = text }

  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package var description: String { text }
}

/// Where in an experiment a picture stands: a place, from zero, on each axis by its name.
package struct CellPlace: Codable, Hashable, Sendable {
  package var places: [String: Int]

  package init(_ places: [String: Int]) { self.places = places }

  package init(from decoder: any Decoder) throws {
    places = try decoder.singleValueContainer().decode([String: Int].self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(places)
  }
}

/// A picture that another one comes from, and how.
package struct ParentEdge: Codable, Hashable, Sendable {
  package var id: PictureID
  package var kind: Kind

  package enum Kind: String, Codable, Hashable, Sendable {
    /// Its request was taken up again, and perhaps changed.
    case recall
    /// It was changed by words.
    case edit
    /// It was sent along.
    case reference
    /// It was split into layers, of which this is one.
    case layer
    /// It is the middle of an experiment.
    case cell
  }

  package init(_ id: PictureID, _ kind: Kind) {
    self.id = id
    self.kind = kind
  }

  private enum CodingKeys: String, CodingKey { case id, kind }

  /// A kind that this version does not know is a reference: that there is a parent must not be lost.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(PictureID.self, forKey: .id)
    kind = Kind(rawValue: try container.decode(String.self, forKey: .kind)) ?? .reference
  }
}

extension Array where Element: Hashable {
  /// In their order.
  var eachOnce: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
