package import Seedream

/// Where a job stands that a request has become.
package struct RecordedJob: Equatable, Sendable {
  package struct Member: Equatable, Sendable {
    /// From zero.
    package var index: Int
    package var outcome: Outcome

    package init(index: Int, outcome: Outcome) {
      self.index = index
      self.outcome = outcome
    }
  }

  package enum Outcome: Equatable, Sendable {
    /// Drawn, and on its way to the gallery.
    case coming
    /// In the gallery.
    case saved(RecordedPicture)
    case refused(APIError)
    /// Drawn and paid for, and not in the gallery: the sentence says why.
    case lost(String)
  }

  /// How it ended. The pictures that were saved before are told all the same.
  package enum Ending: Equatable, Sendable {
    /// The members say everything.
    case over
    /// The provider answered that it draws nothing, or nothing more.
    case refused(APIError)
    /// Nothing was drawn; a sentence says why.
    case notDrawn(String)
    /// Somebody cancelled it.
    case cancelled(String, mayBeBilled: Bool)
    /// Its request left, and no answer came to its end: it may have been drawn and billed.
    case unknown(String)
  }

  /// `k7f2`.
  package var id: String
  /// What is known of the set, by index.
  package var members: [Member]
  /// The provider's id of the request.
  package var requestID: String?
  /// The model as the provider spells it back.
  package var model: String?
  package var usage: Usage?
  /// Nil while it goes on.
  package var ending: Ending?

  package init(
    id: String, members: [Member] = [], requestID: String? = nil, model: String? = nil,
    usage: Usage? = nil, ending: Ending? = nil
  ) {
    self.id = id
    self.members = members
    self.requestID = requestID
    self.model = model
    self.usage = usage
    self.ending = ending
  }

  /// The members about which nothing more will be heard.
  var settled: [Member] { members.filter { $0.outcome != .coming } }
}

/// A picture that a job has brought into the gallery.
package struct RecordedPicture: Equatable, Sendable {
  /// `k7f2-1`.
  package var id: String
  package var file: RecordedFile
  /// Nil where the file does not tell it.
  package var size: PixelSize?
  /// As the provider said it.
  package var background: String?
  /// Where it lies, if the picture was split into layers.
  package var layer: PictureLayer?
  /// Where the provider has it, with its signature; nil where it came inside the reply.
  package var address: String?

  package init(
    id: String, file: RecordedFile, size: PixelSize?, address: String? = nil,
    background: String? = nil, layer: PictureLayer? = nil
  ) {
    self.id = id
    self.file = file
    self.size = size
    self.background = background
    self.layer = layer
    self.address = address
  }
}
