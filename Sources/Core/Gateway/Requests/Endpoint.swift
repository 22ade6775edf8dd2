import Seedream

/// What the gateway answers, each under its path.
package enum Endpoint: String, CaseIterable, Sendable {
  /// The seed's own endpoint.
  case unified = "/byteplus-generate"
  /// Volcengine Ark and BytePlus ModelArk.
  case ark = "/api/v3/images/generations"
  /// The OpenAI form, as resellers offer it.
  case openAI = "/v1/images/generations"
  /// Pixazo's request.
  case edit = "/byteplus/v1/getEditMultiImage"
  /// Pixazo's question for a job.
  case results = "/ai-model-api-polling/getGenerationResults"
  /// What can be asked for, in OpenAI's form.
  case models = "/v1/models"
  /// The same as Volcengine and BytePlus list it.
  case arkModels = "/api/v3/models"
  /// Every path below it.
  case files = "/files/"
  case description = "/openapi.json"
  case docs = "/docs"
  case health = "/healthz"
  case metrics = "/metrics"

  /// The endpoint of a path; nil for one that nobody knows.
  init?(path: String) {
    if path.hasPrefix(Self.files.rawValue) {
      self = .files
    } else if let known = Endpoint(rawValue: path), known != .files {
      self = known
    } else {
      return nil
    }
  }

  /// Whether pictures are asked for here.
  var generates: Bool { [.unified, .ark, .openAI, .edit].contains(self) }

  var methods: [String] { generates || self == .results ? ["POST"] : ["GET", "HEAD"] }

  /// Whether a key is asked for where there are keys. Addresses of pictures are signed; the rest tells
  /// nothing about anybody.
  var isGuarded: Bool { generates || [.results, .metrics, .models, .arkModels].contains(self) }

  /// In which words this endpoint refuses.
  var style: RefusalStyle {
    switch self {
    case .ark, .openAI, .models, .arkModels: .ark
    case .edit, .results: .text
    default: .detail
    }
  }

  /// The members of a request's body.
  var members: [MemberRule] {
    switch self {
    case .unified: MemberRule.unified
    case .ark: MemberRule.ark
    case .openAI: MemberRule.ark + MemberRule.openAI
    case .edit: MemberRule.edit
    case .results: MemberRule.results
    default: []
    }
  }

  /// The members of other endpoints that this one has no use for. Who sends one wants another picture than would be
  /// drawn without it.
  var strangers: [MemberRule] {
    guard self == .unified || self == .edit else { return [] }
    let own = Set(members.map(\.name))
    return (Endpoint.openAI.members + MemberRule.edit).filter { !own.contains($0.name) }
  }

  /// Whether members that the model does not take are refused, as the vendor does, instead of left out.
  var refusesUnsupported: Bool { self == .ark || self == .openAI }
}
