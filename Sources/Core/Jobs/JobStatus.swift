package import Seedream

/// Everything a user may want to know of a job, as the control socket tells it.
package struct JobStatus: Equatable, Sendable, Identifiable {
  package var id: String
  package var state: JobState
  /// As submitted: references by path, address or picture id; stored ones for an earlier service's job.
  package var request: GenerationRequest
  package var provider: String
  /// The model's name for people, "Seedream 4.5"; the id where it is not in the catalogue.
  package var modelName: String
  /// Seconds since 1970, as are all times here.
  package var submitted: Double
  /// When the request left, the last time it did.
  package var sent: Double?
  package var finished: Double?
  /// How often the request has left.
  package var attempts = 0
  /// Seconds this model usually takes for this many pictures, where that is known.
  package var usualSeconds: Double?
  /// What became of each member of the set, by its index, as far as is known.
  package var members: [Member] = []
  /// One sentence for a user about how the job ended, or what it waits for.
  package var message: String?
  /// Grows with every change: an answer and an event of one service may overtake each other on their way,
  /// and the one with the greater number is the newer. Another service may count from a lower number.
  package var revision = 0
  /// What was changed about the request before it was sent, a sentence each.
  package var notices: [String] = []
  /// The provider's id of the request, for its support desk.
  package var providerRequestID: String?
  /// What the provider answered where that were no pictures, or no more of them: its own words, without the
  /// key. Nil where it said nothing, and for what an earlier service heard.
  package var error: APIError?
  /// The model as the provider spells it back, once its reply has said so.
  package var modelAnswered: String?
  /// What the provider counted, once its reply has said so.
  package var usage: Usage?
  /// The id this program gave the request.
  package var clientRequestID: String?
  /// The most it may cost; nil where no price is known. At risk while the outcome is unknown.
  package var reserved: Price?
  /// What it cost, once that is settled.
  package var cost: Price?
  /// What an unknown outcome may still have cost beyond the pictures that did arrive; nil where no price is
  /// known.
  package var atRisk: Price?
  /// The jobs it was asked for with, where its model generates one picture a request.
  package var group: JobGroup?

  /// The body of the reply, where it could not be read in whole and nobody has decided about the job.
  package var rawReply: RawReply?

  package init(
    id: String, state: JobState, request: GenerationRequest, provider: String, modelName: String,
    submitted: Double, sent: Double? = nil, finished: Double? = nil, attempts: Int = 0,
    usualSeconds: Double? = nil, message: String? = nil, revision: Int = 0, notices: [String] = [],
    providerRequestID: String? = nil, clientRequestID: String? = nil, reserved: Price? = nil,
    cost: Price? = nil, group: JobGroup? = nil
  ) {
    self.id = id
    self.state = state
    self.request = request
    self.provider = provider
    self.modelName = modelName
    self.submitted = submitted
    self.sent = sent
    self.finished = finished
    self.attempts = attempts
    self.usualSeconds = usualSeconds
    self.message = message
    self.revision = revision
    self.notices = notices
    self.providerRequestID = providerRequestID
    self.clientRequestID = clientRequestID
    self.reserved = reserved
    self.cost = cost
    self.group = group
  }

  /// What is kept of a reply.
  package struct RawReply: Codable, Equatable, Sendable {
    package var byteCount: Int
    /// False where more came than is kept.
    package var isWhole: Bool

    package init(byteCount: Int, isWhole: Bool) {
      self.byteCount = byteCount
      self.isWhole = isWhole
    }
  }

  package struct Member: Equatable, Sendable {
    /// From zero.
    package var index: Int
    package var outcome: Outcome
    /// Where the provider has it, with the signature that opens it to everybody for a day: for whoever
    /// passes the reply on, never for a log. Nil where it came inside the reply, for the sandbox, and for
    /// what an earlier service heard.
    package var address: String?
    /// The provider's own words about one it refused, for programs; the outcome's are for people.
    package var said: String?

    package init(index: Int, outcome: Outcome, address: String? = nil, said: String? = nil) {
      self.index = index
      self.outcome = outcome
      self.address = address
      self.said = said
    }
  }

  package enum Outcome: Equatable, Sendable {
    /// Drawn; its bytes are on their way.
    case arriving
    case saved(SavedPicture)
    case refused(code: String, message: String, requestID: String?)
    /// It was drawn but could not be fetched or saved: the sentence says why. Where it is fetchable, its
    /// address is in the journal and `StudioClient.fetch` tries once more.
    case lost(message: String, isFetchable: Bool)
  }

  /// The saved pictures, in order.
  package var pictures: [SavedPicture] {
    members.compactMap {
      if case .saved(let picture) = $0.outcome { picture } else { nil }
    }
  }

  /// Whether pictures of it were drawn, and paid, that are not here and can still be fetched.
  package var missesPictures: Bool {
    members.contains { member in
      if case .lost(_, isFetchable: true) = member.outcome { true } else { false }
    }
  }

  /// Whether any of its pictures was drawn, wherever it is now, as far as is known.
  package var hasDrawn: Bool {
    let isDrawn = members.contains { if case .refused = $0.outcome { false } else { true } }
    return isDrawn || (cost?.millionths ?? 0) > 0 || (usage?.generatedImages ?? 0) > 0
  }

  /// Where it stands, in a word or two for a user.
  package var shownState: String {
    switch state {
    case .unknown(.settled): "put aside"
    case .failed where missesPictures: "drawn, not here"
    default: state.word
    }
  }

  /// The same without the addresses of its pictures, for people and logs.
  package var withoutAddresses: JobStatus {
    var status = self
    for place in members.indices { status.members[place].address = nil }
    return status
  }

  /// Puts a member in its place, over what was known of it before; an address stays.
  package mutating func set(_ member: Member) {
    let place = members.firstIndex { $0.index >= member.index } ?? members.endIndex
    let isKnown = place < members.endIndex && members[place].index == member.index
    var member = member
    if isKnown { member.address = member.address ?? members[place].address }
    members.replaceSubrange(place..<(isKnown ? place + 1 : place), with: [member])
    if case .saved(let picture) = member.outcome, let notice = picture.notice,
      !notices.contains(notice)
    {
      notices.append(notice)
    }
  }
}
