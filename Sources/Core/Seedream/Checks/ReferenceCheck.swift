extension GenerationRequest {
  /// Too many, too few, too large, or out of the provider's reach.
  func referenceProblems(for model: Model?, limits: RequestLimits) -> [Problem] {
    let most = model?.references.upperBound ?? min(limits.references ?? 14, 14)
    let least = model?.references.lowerBound ?? 0
    let name = model?.name ?? "A request"
    var problems: [Problem] = []
    if references.count > most {
      let rule = most == 0 ? "takes no references" : "takes at most \(most) references"
      problems.append(
        Problem(
          .references, "\(name) \(rule); there are \(references.count).", referenceIndex: most))
    } else if references.count < least {
      problems.append(
        Problem(.references, "\(name) edits a picture: add \(least) as a reference."))
    }
    for (index, reference) in references.enumerated() {
      if let problem = problem(with: reference, at: index, limits) { problems.append(problem) }
    }
    if limits.addressesOnly, let index = references.firstIndex(where: { !$0.isAddress }) {
      problems.append(
        Problem(
          .references,
          "This provider names only web addresses as references: a file may be refused.",
          referenceIndex: index, severity: .advice))
    }
    return problems
  }

  private func problem(
    with reference: Reference, at index: Int, _ limits: RequestLimits
  ) -> Problem? {
    let name = "Reference \(index + 1)"
    switch reference {
    case .file(let path):
      return path.isEmpty
        ? Problem(.references, "\(name) names no file.", referenceIndex: index) : nil
    case .picture(let id):
      return id.isEmpty
        ? Problem(.references, "\(name) names no picture.", referenceIndex: index) : nil
    case .url(let text):
      return problem(
        withURL: text, name: name, index: index, mayBePrivate: limits.privateReferences == true)
    case .stored(let stored):
      return problem(withSize: stored, name: name, index: index)
    }
  }

  private func problem(
    withURL text: String, name: String, index: Int, mayBePrivate: Bool
  ) -> Problem? {
    if text.hasPrefix("data:") {
      if ImageFormat(dataURI: text) != nil { return nil }
      return Problem(
        .references,
        "\(name) is not a data URI the provider reads: it must start with data:image/png;base64, "
          + "or another format in small letters.", referenceIndex: index)
    }
    let fault: String
    switch PublicAddress(text) {
    case .reachable: return nil
    case .malformed: fault = "is not a web address"
    case .otherScheme: fault = "must start with http:// or https://"
    case .withCredentials: fault = "carries a user name, which would be sent to the provider"
    case .privateHost(let host):
      if mayBePrivate { return nil }
      fault = "points to \(host.shown(limit: 60)), which the provider cannot reach"
    }
    return Problem(
      .references, "\(name) \(fault): save the picture and add the file instead.",
      referenceIndex: index)
  }

  /// 30 MB is the newer vendor page's limit, 10 MB the older one's.
  private func problem(withSize stored: StoredReference, name: String, index: Int) -> Problem? {
    let megabyte = 1_000_000
    if stored.byteCount <= 0 {
      return Problem(.references, "\(name) is an empty file.", referenceIndex: index)
    }
    if stored.byteCount > ReferenceBounds.maximumByteCount {
      return Problem(
        .references,
        "\(name) is \(stored.byteCount / megabyte) MB: the provider takes at most 30 MB.",
        referenceIndex: index)
    }
    guard stored.byteCount > ReferenceBounds.safeByteCount else { return nil }
    return Problem(
      .references,
      "\(name) is \(stored.byteCount / megabyte) MB: some providers take only 10 MB.",
      referenceIndex: index, severity: .advice)
  }
}

extension Reference {
  /// Whether the provider fetches it itself.
  fileprivate var isAddress: Bool {
    if case .url(let text) = self { !text.hasPrefix("data:") } else { false }
  }
}

extension ImageFormat {
  /// The format a data URI names, `data:image/png;base64,…`; nil unless it is spelled as the wire
  /// wants it: subtype in small letters, base64, not empty.
  public init?(dataURI text: String) {
    let head = text.utf8.prefix(32)
    guard let comma = head.firstIndex(of: UInt8(ascii: ",")),
      text.utf8.index(after: comma) < text.utf8.endIndex
    else { return nil }
    let prefix = String(text[..<comma])
    guard prefix.hasPrefix("data:image/"), prefix.hasSuffix(";base64") else { return nil }
    self.init(rawValue: String(prefix.dropFirst(11).dropLast(7)))
  }
}
