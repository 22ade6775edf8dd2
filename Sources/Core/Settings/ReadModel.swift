internal import Seedream
internal import YAML

/// A model of `models.yaml`, and where it stands.
struct ReadModel {
  private(set) var correction: ModelCorrection
  private let line: Int
  private let keyLines: [String: Int]

  private static let keys = [
    "like", "name", "aliases", "volcengine", "byteplus", "lifecycle", "life", "sizes", "pixels",
    "longest_aspect", "standard_size", "references", "pictures", "together", "sets", "stream",
    "seed", "guidance_scale", "background", "layers", "layer_formats", "output_formats",
    "standard_format", "prompt_optimizations", "web_search", "pictures_per_minute", "prices",
  ]

  init(_ member: YAMLMember, in families: MappingReader) throws(SettingsError) {
    let known = ModelCatalogue.builtIn.model(named: member.key)?.family
    correction = ModelCorrection(of: known ?? ModelFamily(rawValue: member.key))
    line = member.keyPosition.line
    guard let reader = try families.mapping(member.key, keys: Self.keys) else {
      keyLines = [:]
      return
    }
    keyLines = Dictionary(
      reader.members.map { ($0.key, $0.keyPosition.line) }, uniquingKeysWith: { first, _ in first })
    try readNames(reader)
    try readLife(reader)
    try readSizes(reader)
    try readLimits(reader)
    try readMembers(reader)
    correction.prices = try PriceReader.prices(reader)
  }

  /// What is wrong with the correction, at the line of the key concerned.
  func fault(_ problem: CorrectionProblem, in file: String) -> SettingsError {
    let keys = Self.keys(of: problem.member)
    let key = keys.first { keyLines[$0] != nil }
    var message = problem.message
    if message.last == "." { message.removeLast() }
    let family = correction.family.rawValue
    let families = ModelCatalogue.builtIn.models.map(\.family.rawValue)
    let misspelt: String? =
      switch problem.member {
      case .like: correction.like?.rawValue
      case .ids where !families.contains(family): family
      default: nil
      }
    return SettingsError(
      .notAllowed, file: file, line: key.flatMap { keyLines[$0] } ?? line,
      key: key.map { "\(family).\($0)" } ?? family, "'\(family)' was not taken: \(message)",
      suggestion: misspelt.flatMap { NearestName.of($0, in: families) })
  }

  private static func keys(of member: CorrectionProblem.Member) -> [String] {
    switch member {
    case .family: []
    case .like, .name, .aliases, .pixels, .references, .prices: [member.rawValue]
    case .ids: ["byteplus", "volcengine", "aliases"]
    case .tiers: ["sizes", "pixels"]
    case .longestAspect: ["longest_aspect"]
    case .standardSize: ["standard_size", "sizes", "pixels"]
    case .pictures: ["pictures", "together", "sets"]
    case .outputFormats: ["output_formats"]
    case .layers: ["layers"]
    case .picturesPerMinute: ["pictures_per_minute"]
    }
  }
}

extension ReadModel {
  private mutating func readNames(_ reader: MappingReader) throws(SettingsError) {
    correction.like = try reader.text("like", expected: "a family")
      .map { ModelCatalogue.builtIn.model(named: $0)?.family ?? ModelFamily(rawValue: $0) }
    correction.name = try reader.text("name", expected: "a name")
    correction.aliases = try reader.texts("aliases", expected: "a short name or a list")
    correction.volcengineIDs = try reader.texts("volcengine", expected: "an id or a list")
    correction.byteplusIDs = try reader.texts("byteplus", expected: "an id or a list")
    correction.lifecycle =
      switch try reader.word("lifecycle", of: ["current", "retiring", "shut_down"]) {
      case "current"?: .current
      case "retiring"?: .retiring
      case "shut_down"?: .shutDown
      default: nil
      }
  }

  private mutating func readLife(_ reader: MappingReader) throws(SettingsError) {
    guard let places = try reader.mapping("life", keys: Dialect.places) else { return }
    var lives: [String: ModelLife] = [:]
    for member in places.members {
      let keys = ["first", "last", "successor", "source", "certainty"]
      let life = try places.mapping(member.key, keys: keys)
      let certainty = try life?.word("certainty", of: ModelLife.Certainty.allCases.map(\.rawValue))
      lives[member.key] = ModelLife(
        first: try life?.value("first", expected: Self.day) { text in
          ModelLife.Moment(text).flatMap { $0.description.count == 10 ? text : nil }
        },
        last: try life?.value(
          "last", expected: "\(Self.day) or a minute like 2026-11-24T14:00+08:00"
        ) {
          ModelLife.Moment($0)
        },
        successor: try life?.text("successor", expected: "a family")
          .map { ModelCatalogue.builtIn.model(named: $0)?.family ?? ModelFamily(rawValue: $0) },
        source: try life?.text("source", expected: "who says so") ?? "models.yaml",
        certainty: certainty.flatMap { ModelLife.Certainty(rawValue: $0) } ?? .established)
    }
    correction.lives = lives
  }

  private static let day = "a day like 2026-11-21"

  private mutating func readSizes(_ reader: MappingReader) throws(SettingsError) {
    correction.tiers = try SizeReader.tiers(reader)
    if let pixels = try reader.range("pixels", expected: "a range like 921600-16777216") {
      (correction.leastPixels, correction.mostPixels) = pixels
    }
    correction.longestAspect = try reader.value("longest_aspect", expected: "a number like 16") {
      Double($0)
    }
    correction.standardSize = try reader.value("standard_size", expected: SizeReader.expected) {
      SizeChoice($0)
    }
  }

  private mutating func readLimits(_ reader: MappingReader) throws(SettingsError) {
    if let references = try reader.range("references", expected: "a range like 1-10") {
      (correction.leastReferences, correction.mostReferences) = references
    }
    correction.maximumPictures = try reader.number("pictures")
    correction.maximumTogether = try reader.number("together")
    correction.picturesPerMinute = try reader.number("pictures_per_minute")
  }

  private mutating func readMembers(_ reader: MappingReader) throws(SettingsError) {
    correction.sequence = try reader.truth("sets")
    correction.stream = try reader.truth("stream")
    correction.seed = try reader.truth("seed")
    correction.guidanceScale = try reader.truth("guidance_scale")
    correction.background = try reader.value(
      "background", expected: "false, 'of_reference' or 'free'", Self.background)
    correction.layers = try reader.value(
      "layers", expected: "false, or the most layers", Self.layers)
    correction.layerFormats = try reader.words(
      "layer_formats", of: ImageFormat.allCases.map(\.rawValue))?
      .compactMap { ImageFormat(rawValue: $0) }
    correction.standardFormat = try reader.word("standard_format", of: ["png", "jpeg"])
      .flatMap { ImageFormat(rawValue: $0) }
    correction.outputFormats = try reader.words("output_formats", of: ["png", "jpeg"])?
      .compactMap { ImageFormat(rawValue: $0) }
    let optimizations = PromptOptimization.allCases.map(\.rawValue)
    correction.promptOptimizations = try reader.words("prompt_optimizations", of: optimizations)?
      .compactMap { PromptOptimization(rawValue: $0) }
    correction.webSearch = try reader.words("web_search", of: Site.allCases.map(\.rawValue))?
      .compactMap { Site(rawValue: $0) }
  }
}

extension ReadModel {
  /// `true` is what it meant before there were models that choose freely.
  private static func background(_ text: String) -> BackgroundSupport? {
    switch text {
    case "true", "yes", "on": .ofReference
    case "false", "no", "off": BackgroundSupport.none
    default: BackgroundSupport(rawValue: text)
    }
  }

  /// `true` is the number that all models had before.
  private static func layers(_ text: String) -> Int? {
    switch text {
    case "true", "yes", "on": 16
    case "false", "no", "off": 0
    default: Int(text)
    }
  }
}

extension MappingReader {
  /// `1-10`, or `10` for the most only. Nil where the file does not have the key.
  fileprivate func range(
    _ key: String, expected: String
  ) throws(SettingsError) -> (least: Int?, most: Int)? {
    try value(key, expected: expected) { text in
      let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        .map { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
      return switch ends.count {
      case 1: ends[0].map { (nil, $0) }
      case 2: ends[0].flatMap { least in ends[1].map { (least, $0) } }
      default: nil
      }
    }
  }
}
