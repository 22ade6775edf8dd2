internal import Posix
internal import Seedream

extension PictureID {
  /// What a user means by an id or the beginning of one.
  ///
  /// - Parameters:
  ///   - id: The id of a candidate.
  ///   - candidates: Some whose ids begin with a text, the exact one among them.
  ///   - missing: The sentence for an id nobody has, which it is given ready to be shown.
  /// - Throws: `notFound`, or `ambiguous` with the first ids that fit.
  static func choose<Candidate>(
    _ text: String, _ id: (Candidate) -> PictureID,
    among candidates: (String) throws(GalleryError) -> [Candidate],
    missing: (String) -> String
  ) throws(GalleryError) -> Candidate {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let job = parts.first.flatMap { JobID.normalized($0) } ?? ""
    let number = parts.count == 2 ? "-" + parts[1].filter(\.isASCIIDigit) : ""
    let isClean = !job.isEmpty && (parts.count < 2 || parts[1].allSatisfy(\.isASCIIDigit))
    let found = try isClean ? candidates(job + number) : []
    if let exact = found.first(where: { id($0).description == job + number }) { return exact }
    guard let first = found.first else {
      throw GalleryError(.notFound, missing(printable(text.prefix(40))))
    }
    guard found.count == 1 else {
      let ids = found.prefix(8).map(id)
      let list = ids.map(\.description).joined(separator: ", ")
      throw GalleryError(
        .ambiguous(ids),
        "'\(printable(text))' is the beginning of several ids: \(list)"
          + (found.count > ids.count ? ", …" : "") + ". Type one more letter.")
    }
    return first
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
