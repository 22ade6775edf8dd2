import FoundationEssentials

/// What a provider answers to `GET {base}/models`.
///
/// Source: replies pasted in public threads, of Volcengine and of BytePlus: `id`, `name`, `version`, `domain`
/// (`ImageGeneration`), `task_type`, `modalities`, `status` (`Retiring`, `Shutdown`, …), `created`. Relays
/// answer in OpenAI's form, with `id` alone.
public struct ModelListing: Equatable, Sendable, Codable {
  /// One model, as the provider spells it.
  public struct Entry: Equatable, Sendable, Codable {
    /// The id.
    public var id: String
    /// The provider's word for where it is in its life; nil where it says nothing.
    public var status: String?
    /// What it is for; `ImageGeneration` are the pictures.
    public var domain: String?

    /// Joins one.
    public init(id: String, status: String? = nil, domain: String? = nil) {
      self.id = id
      self.status = status
      self.domain = domain
    }

    private enum CodingKeys: String, CodingKey { case id, status, domain }

    /// Reads one; only its id must be there.
    public init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      id = try members.decode(String.self, forKey: .id)
      status = try? members.decode(String.self, forKey: .status)
      domain = try? members.decode(String.self, forKey: .domain)
    }
  }

  /// Where a model is in its life, by the provider's own word.
  public enum State: String, Equatable, Sendable, Codable {
    case offered, retiring, shutDown, absent
  }

  /// In the provider's order.
  public var entries: [Entry]
  /// When it was asked, in seconds since 1970.
  public var asked: Double
  /// Whom: the address without the path of the question.
  public var baseURL: String

  /// Reads a reply; nil where it says nothing: not JSON, without models, or of another form.
  public init?(_ body: [UInt8], asked: Double, baseURL: String) {
    guard let reply = try? JSONDecoder().decode(Reply.self, from: Data(body)) else { return nil }
    let entries = reply.data.compactMap(\.entry).filter { !$0.id.isEmpty }.prefix(10_000)
    guard !entries.isEmpty else { return nil }
    self.entries = Array(entries)
    self.asked = asked
    self.baseURL = baseURL
  }

  private struct Reply: Decodable { var data: [Lenient] }

  /// One entry of another form does not spoil the others.
  private struct Lenient: Decodable {
    var entry: Entry?

    init(from decoder: any Decoder) throws { entry = try? Entry(from: decoder) }
  }

  /// The day it was asked, in UTC: `2026-11-30`.
  public var day: String {
    // Days to a date of the proleptic Gregorian calendar, after Howard Hinnant's "days_from_civil".
    let days = Int((asked / 86_400).rounded(.down)) + 719_468
    let era = days / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(padded(month))-\(padded(day))"
  }

  /// The entries that draw pictures of this family of models.
  public var pictures: [Entry] {
    entries.filter { entry in
      let id = entry.id.lowercased()
      return id.contains("seedream") || id.contains("seededit") || entry.domain == "ImageGeneration"
    }
  }

  /// Whether it names any such model; else it says nothing of those it does not name.
  public var knowsPictures: Bool { !pictures.isEmpty }

  /// What it says of a model, under any of the ids it may have there.
  public func state(of model: Model, at dialect: Dialect) -> State {
    let spelling = model.spelling(for: dialect.site)
    let ids = Set(
      ([spelling.id, dialect.ids[model.family.rawValue] ?? ""] + spelling.others)
        .filter { !$0.isEmpty }.map { $0.lowercased() })
    let states = entries.filter { ids.contains($0.id.lowercased()) }.map(\.state)
    return states.first { $0 == .offered } ?? states.first { $0 == .retiring } ?? states.first
      ?? .absent
  }
}

extension ModelListing.Entry {
  /// By its status; no word, or one that is not known, is an offer.
  public var state: ModelListing.State {
    switch status?.lowercased() {
    case "retiring": .retiring
    case "shutdown", "shut_down", "retired": .shutDown
    default: .offered
    }
  }
}

/// One difference between a provider's list and the catalogue.
public struct ListingDifference: Equatable, Sendable, Codable {
  /// What is different.
  public enum Kind: String, Equatable, Sendable, Codable {
    /// The provider has it, the catalogue does not.
    case new
    case retiring
    /// The catalogue has it, the provider does not any more.
    case gone
  }

  /// What is different.
  public var kind: Kind
  /// The id at the provider.
  public var id: String
  /// The model of the catalogue; nil for a new one.
  public var family: ModelFamily?

  /// For people.
  public var sentence: String {
    switch kind {
    case .new: "\(id) is new: write it into models.yaml to use it"
    case .retiring: "\(id) is being retired"
    case .gone: "\(id) is gone"
    }
  }
}

extension ModelCatalogue {
  /// What is new, being retired and gone at a provider.
  public func differences(from listing: ModelListing, at dialect: Dialect) -> [ListingDifference] {
    guard listing.knowsPictures else { return [] }
    let new = listing.pictures
      .filter {
        $0.state != .shutDown && model(named: $0.id) == nil
          && dialect.ids.values.contains($0.id) == false
      }
      .map { ListingDifference(kind: .new, id: $0.id) }
    let known = models.compactMap { model -> ListingDifference? in
      let id = dialect.ids[model.family.rawValue] ?? model.id(for: dialect.site)
      let isNamed = dialect.limits.families?.contains(model.family) ?? true
      guard !id.isEmpty, isNamed else { return nil }
      switch listing.state(of: model, at: dialect) {
      case .offered: return nil
      case .retiring: return ListingDifference(kind: .retiring, id: id, family: model.family)
      case .shutDown, .absent: return ListingDifference(kind: .gone, id: id, family: model.family)
      }
    }
    return new + known
  }
}
