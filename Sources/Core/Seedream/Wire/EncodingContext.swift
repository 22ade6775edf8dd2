// What several dialects share.

extension EncodingContext {
  /// The spelling of the dialect's site, or the name as typed where no model is known.
  var modelID: String {
    model?.id(for: dialect.site, named: request.model) ?? request.model
  }

  /// Whether to ask for the pictures one by one.
  var streams: Bool {
    switch request.streaming {
    case .on: model?.members.stream ?? true
    case .off: false
    case .automatic: request.count > 1 && model?.members.stream ?? false
    }
  }

  /// The references in order.
  func images() throws(UnstoredReference) -> [JSONValue] {
    var images: [JSONValue] = []
    for (index, reference) in request.references.enumerated() {
      switch reference {
      case .url(let url): images.append(.string(url))
      case .stored(let stored): images.append(.inlined(stored, index: index))
      case .file, .picture: throw UnstoredReference(index: index)
      }
    }
    return images
  }
}
