package import Jobs
package import Seedream

/// How a picture came to be: everything known before its bytes are checked.
package struct PictureOrigin: Equatable, Sendable {
  package var id: PictureID
  /// How many pictures the request asked for at most.
  package var setSize: Int
  /// The jobs its own was asked for with, where the model generates one picture a request.
  package var group: JobGroup?
  package var created: Timestamp
  package var source: Source
  /// The name of the provider's profile, and the wire it speaks.
  package var provider: String
  package var dialect: String
  /// The model as the reply names it, where it does; the request has the one asked for.
  package var modelAnswered: String?
  /// As sent, with the prompt resolved; nil for a picture nothing is known about.
  package var request: GenerationRequest?
  /// Pictures of the gallery this one was made from, and how; one may be there in several ways.
  package var parentEdges: [ParentEdge]
  /// The same, each once.
  package var parents: [PictureID] { parentEdges.map(\.id).eachOnce }
  /// What else it comes from; its parents stand in `parentEdges`.
  package var provenance: Provenance
  package var timings: Timings
  package var usage: Usage?
  /// What the reply said of this picture.
  package var said: SaidOfPicture
  /// Where it lies in the picture it was split from; nil for every other picture.
  package var layer: PictureLayer? {
    get { said.layer }
    set { said.layer = newValue }
  }
  /// Nil when no price is known.
  package var price: Price?
  /// The provider's name for the request, and the one sent with it.
  package var providerRequestID: String?
  package var clientRequestID: String?
  /// Name and version of the program, `Darkroom 0.1.0`.
  package var program: String

  package enum Source: String, Equatable, Sendable, Codable {
    case generated
    case imported
    /// Found in the gallery without a record.
    case recovered
  }

  /// The references that are pictures of the gallery are parents, where `provenance` does not name them itself.
  package init(
    id: PictureID, setSize: Int = 1, group: JobGroup? = nil, created: Timestamp,
    source: Source = .generated,
    provider: String, dialect: String, modelAnswered: String? = nil, request: GenerationRequest?,
    provenance: Provenance = Provenance(), timings: Timings = Timings(), usage: Usage? = nil,
    said: SaidOfPicture = SaidOfPicture(), price: Price? = nil, providerRequestID: String? = nil,
    clientRequestID: String? = nil, program: String
  ) {
    self.id = id
    self.setSize = setSize
    self.group = group
    self.created = created
    self.source = source
    self.provider = provider
    self.dialect = dialect
    self.modelAnswered = modelAnswered
    self.request = request
    parentEdges = Self.parentEdges(of: request, provenance.parents ?? [])
    self.provenance = provenance
    self.provenance.parents = nil
    self.timings = timings
    self.usage = usage
    self.said = said
    self.price = price
    self.providerRequestID = providerRequestID
    self.clientRequestID = clientRequestID
    self.program = program
  }

  /// The pictures of the gallery among a request's references, each once, in their order.
  package static func parents(of request: GenerationRequest?) -> [PictureID] {
    (request?.references ?? []).compactMap { reference -> PictureID? in
      switch reference {
      case .picture(let text): PictureID(text)
      case .stored(let stored): PictureID(stored.origin)
      case .file, .url: nil
      }
    }.eachOnce
  }

  /// - Parameter given: What is known already.
  private static func parentEdges(
    of request: GenerationRequest?, _ given: [ParentEdge]
  ) -> [ParentEdge] {
    let kind = plainKind(isSplit: request?.layers == true)
    let named = Set(given.map(\.id))
    return given.eachOnce
      + parents(of: request).filter { !named.contains($0) }.map { ParentEdge($0, kind) }
  }

  /// How a picture comes from those that its request has as references.
  static func plainKind(isSplit: Bool) -> ParentEdge.Kind { isSplit ? .layer : .reference }

  /// How it comes from a parent of which nothing is said.
  var plainKind: ParentEdge.Kind {
    Self.plainKind(isSplit: request?.layers == true || layer != nil)
  }
}

/// When the steps of one request happened; nil for a step that was not seen.
package struct Timings: Equatable, Sendable, Codable {
  package var submitted: Timestamp?
  package var sent: Timestamp?
  package var firstByte: Timestamp?
  package var finished: Timestamp?

  package init(
    submitted: Timestamp? = nil, sent: Timestamp? = nil, firstByte: Timestamp? = nil,
    finished: Timestamp? = nil
  ) {
    self.submitted = submitted
    self.sent = sent
    self.firstByte = firstByte
    self.finished = finished
  }

  enum CodingKeys: String, CodingKey {
    case submitted, sent, finished
    case firstByte = "first_byte"
  }
}
