internal import Seedream

/// How pictures came to be, as far as the journal knows: for those that have lost their record.
struct JournalOrigins {
  private let jobs: [JobID: [JournalEntry]]

  init(_ entries: [JournalEntry]) {
    jobs = Dictionary(grouping: entries, by: \.job)
  }

  /// Nil for a picture of a job whose request is not in the journal.
  subscript(id: PictureID) -> PictureOrigin? {
    var known: PictureOrigin?
    for entry in jobs[id.job] ?? [] {
      switch entry.event {
      // Changed while it waited, it is sent as the last line says.
      case .intent(let intent), .edited(let intent):
        known = PictureOrigin(
          id: id, setSize: intent.request.count, group: intent.group, created: entry.time,
          provider: intent.provider, dialect: intent.dialect ?? "", request: intent.request,
          provenance: intent.provenance ?? Provenance(),
          timings: Timings(submitted: known?.timings.submitted ?? entry.time),
          clientRequestID: intent.clientRequestID, program: "")
      case .sent: known?.timings.sent = entry.time
      // A later line may say only where the bytes are now.
      case .result(id.number, _, let said): if !said.isEmpty { known?.said = said }
      case .done(id):
        known?.created = entry.time
        known?.timings.finished = entry.time
      default: break
      }
    }
    return known
  }
}

extension PictureOrigin {
  /// What the journal knows, completed by what is embedded in the file. The file knows the reply and
  /// the very moment; the journal knows the request as it was made, with paths that are not embedded.
  func completed(by embedded: PictureOrigin?) -> PictureOrigin {
    guard var origin = embedded, origin.id == id else { return self }
    origin.request = request ?? origin.request
    origin.parentEdges = parentEdges.isEmpty ? origin.parentEdges : parentEdges
    origin.provenance = provenance.isEmpty ? origin.provenance : provenance
    origin.providerRequestID = providerRequestID ?? origin.providerRequestID
    origin.clientRequestID = clientRequestID ?? origin.clientRequestID
    origin.group = group ?? origin.group
    return origin
  }
}
