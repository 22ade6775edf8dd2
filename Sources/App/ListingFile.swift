import FoundationEssentials
import HTTP
import Posix
import Secrets
package import Seedream
package import Settings

/// Asks providers for their models, and keeps what they said with its day, so that what is told before a send
/// needs no question.
package struct ListingFile {
  let workspace: Workspace
  let profile: ProviderProfile

  /// After so many seconds what was said is not believed any more.
  private static let lifetime = 30.0 * 86_400

  /// What kept a provider from saying anything.
  package enum Silence: Error, Equatable {
    /// It has no such list: 404, an empty body, or one that is not JSON.
    case notKnown(String)
    /// Nobody asked: no key, or a dialect without a list.
    case notAsked(String)
  }

  package init(workspace: Workspace, profile: ProviderProfile) {
    self.workspace = workspace
    self.profile = profile
  }

  private var url: BaseURL? {
    (profile.name == workspace.providerName ? workspace.baseURL : nil) ?? profile.baseURL
  }

  private var path: String? {
    url.map { workspace.paths.modelListing(of: $0) }
  }

  /// What the provider last said, where that is not too old.
  func read() -> ModelListing? {
    guard let path, let url, let bytes = try? FileSystem.readFile(path, limit: 4 << 20),
      let listing = try? JSONDecoder().decode(ModelListing.self, from: Data(bytes)),
      listing.baseURL == url.text
    else { return nil }
    let age = SystemClock.secondsSince1970 - listing.asked
    return (-86_400...Self.lifetime).contains(age) ? listing : nil
  }

  /// Asks now, and keeps the answer. The key goes to the provider's own address, and nowhere a redirect leads.
  ///
  /// - Throws: `Silence`, or why there is no key.
  package func ask() async throws -> ModelListing {
    guard let url, let dialect = profile.effectiveDialect(at: url), dialect.listsModels else {
      throw Silence.notAsked("'\(profile.name)' has no list of models")
    }
    let key: Secret?
    do throws(KeyError) {
      key = try await profile.resolveKey(for: url, hiding: workspace.settings.keyVariables).secret
    } catch {
      throw Silence.notAsked("no key: \(error.description)")
    }
    guard let key, let header = dialect.authentication.header(key: key.reveal()) else {
      throw Silence.notAsked(
        "no key for '\(profile.name)', and the list is only for whoever has one")
    }
    let body = try await Self.fetch(url.text + "/models", header)
    // A relay may say the key again.
    let said = Redaction(key: key.reveal()).bytes(body)
    guard let listing = ModelListing(said, asked: SystemClock.secondsSince1970, baseURL: url.text)
    else { throw Silence.notKnown("its answer is no list of models") }
    keep(listing)
    return listing
  }

  private static func fetch(_ address: String, _ key: WireRequest.Header) async throws -> [UInt8] {
    let client = try HTTPClient(userAgent: Version.userAgent)
    defer { client.close() }
    let request = HTTPRequest(
      url: address,
      headers: [HTTPHeader("Accept", "application/json"), HTTPHeader(key.name, key.value)],
      limits: HTTPLimits(firstByte: .seconds(5), idle: .seconds(5), total: .seconds(20)),
      maximumRedirects: 0, acceptsCompression: true)
    let response: HTTPResponse
    do {
      response = try await client.fetch(request, limit: 4 << 20)
    } catch {
      throw Silence.notKnown(
        error.code == .tooLarge ? "its answer is larger than 4 MB" : "it did not answer")
    }
    guard response.head.status == 200 else {
      throw Silence.notKnown("it answers with status \(response.head.status)")
    }
    return response.body
  }

  /// A cache: where it cannot be written, the next one asks again.
  private func keep(_ listing: ModelListing) {
    guard let path, let bytes = try? JSONEncoder().encode(listing) else { return }
    try? FileSystem.createDirectory(FileSystem.parent(of: path), mode: 0o700)
    try? DurableFile.write(Array(bytes), to: path, mode: 0o600, replacing: true)
  }
}

extension ListingFile.Silence: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notKnown(let words): "not known: \(words)"
    case .notAsked(let words): "not asked: \(words)"
    }
  }
}
