import Jobs
internal import Seedream

extension PictureOrigin: Codable {
  enum CodingKeys: String, CodingKey {
    case id, job, created, source, provider, request, parents, timings, usage, layer, price, program
    case set, group, schema, template, choices, experiment, cell
    case said = "answered"
  }

  private struct SetPlace: Codable {
    var index: Int
    var asked: Int
  }

  private struct Provider: Codable {
    var profile: String
    var dialect: String
    var model: String?
    var requestID: String?
    var clientRequestID: String?

    enum CodingKeys: String, CodingKey {
      case profile, dialect, model
      case requestID = "request_id"
      case clientRequestID = "client_request_id"
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let isPlain = provenance.isEmpty && parentEdges.allSatisfy { $0.kind == plainKind }
    try container.encode(isPlain ? BirthRecord.schema : BirthRecord.newSchema, forKey: .schema)
    try container.encode(id, forKey: .id)
    try container.encode(id.job, forKey: .job)
    try container.encode(SetPlace(index: id.number, asked: setSize), forKey: .set)
    try container.encodeIfPresent(group, forKey: .group)
    try container.encode(created, forKey: .created)
    try container.encode(source, forKey: .source)
    try container.encode(
      Provider(
        profile: provider, dialect: dialect, model: modelAnswered, requestID: providerRequestID,
        clientRequestID: clientRequestID), forKey: .provider)
    try container.encodeIfPresent(
      request.map { RequestRecord($0, keepingQueries: false) }, forKey: .request)
    if isPlain {
      try container.encode(parentEdges.map(\.id), forKey: .parents)
    } else {
      try container.encode(parentEdges, forKey: .parents)
    }
    try container.encodeIfPresent(provenance.template, forKey: .template)
    try container.encodeIfPresent(provenance.choices, forKey: .choices)
    try container.encodeIfPresent(provenance.experiment, forKey: .experiment)
    try container.encodeIfPresent(provenance.cell, forKey: .cell)
    try container.encode(timings, forKey: .timings)
    try container.encodeIfPresent(usage, forKey: .usage)
    try container.encodeIfPresent(layer, forKey: .layer)
    var others = said
    others.layer = nil
    if !others.isEmpty { try container.encode(others, forKey: .said) }
    try container.encodeIfPresent(price, forKey: .price)
    try container.encode(program, forKey: .program)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let schema = try container.decode(String.self, forKey: .schema)
    guard [BirthRecord.schema, BirthRecord.newSchema].contains(schema) else {
      throw DecodingError.dataCorruptedError(
        forKey: .schema, in: container, debugDescription: "schema '\(schema)' is not known")
    }
    let provider = try container.decodeIfPresent(Provider.self, forKey: .provider)
    var said = try container.decodeIfPresent(SaidOfPicture.self, forKey: .said) ?? SaidOfPicture()
    said.layer = try container.decodeIfPresent(PictureLayer.self, forKey: .layer)
    self.init(
      id: try container.decode(PictureID.self, forKey: .id),
      setSize: try container.decodeIfPresent(SetPlace.self, forKey: .set)?.asked ?? 1,
      group: try container.decodeIfPresent(JobGroup.self, forKey: .group),
      created: try container.decode(Timestamp.self, forKey: .created),
      source: (try? container.decode(Source.self, forKey: .source)) ?? .imported,
      provider: provider?.profile ?? "", dialect: provider?.dialect ?? "",
      modelAnswered: provider?.model,
      request: try container.decodeIfPresent(RequestRecord.self, forKey: .request)?.request,
      timings: try container.decodeIfPresent(Timings.self, forKey: .timings) ?? Timings(),
      usage: try container.decodeIfPresent(Usage.self, forKey: .usage),
      said: said,
      price: try container.decodeIfPresent(Price.self, forKey: .price),
      providerRequestID: provider?.requestID, clientRequestID: provider?.clientRequestID,
      program: try container.decodeIfPresent(String.self, forKey: .program) ?? "")
    guard schema == BirthRecord.newSchema else {
      let parents = try container.decodeIfPresent([PictureID].self, forKey: .parents)
      if let parents { parentEdges = parents.eachOnce.map { ParentEdge($0, plainKind) } }
      return
    }
    provenance = Provenance(
      template: try container.decodeIfPresent(String.self, forKey: .template),
      choices: try container.decodeIfPresent([Provenance.Choice].self, forKey: .choices),
      experiment: try container.decodeIfPresent(ExperimentID.self, forKey: .experiment),
      cell: try container.decodeIfPresent(CellPlace.self, forKey: .cell))
    let edges = try container.decodeIfPresent([ParentEdge].self, forKey: .parents)
    parentEdges = edges?.eachOnce ?? parentEdges
  }
}

extension BirthRecord: Codable {
  private enum CodingKeys: String, CodingKey { case file }

  package func encode(to encoder: any Encoder) throws {
    try origin.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(file, forKey: .file)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      origin: try PictureOrigin(from: decoder),
      file: try container.decode(FileFacts.self, forKey: .file))
  }
}
