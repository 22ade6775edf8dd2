package import Seedream

/// One line of the journal: what happened to a job, and when.
///
/// The journal is private to the user (0600): the addresses in it are kept whole, since an unfetched
/// picture has nothing else. Keys are never in it.
package struct JournalEntry: Equatable, Sendable {
  package var job: JobID
  package var time: Timestamp
  package var event: Event

  package init(job: JobID, time: Timestamp, event: Event) {
    self.job = job
    self.time = time
    self.event = event
  }

  package enum Event: Equatable, Sendable {
    /// Accepted: written before anything is sent.
    case intent(Intent)
    /// The request is about to leave; from here on it may cost money.
    case sent(attempt: Int)
    /// The provider has taken the request as a job of this name, to be asked for until it is drawn.
    case pending(id: String)
    /// One picture of the reply, written before it is fetched.
    case result(number: Int, Source, said: SaidOfPicture = SaidOfPicture())
    /// One picture is on disk with its record.
    case done(PictureID)
    /// The reply is complete: this many pictures were in it.
    case finished(count: Int)
    case failed(Failure)
    /// The reply could not be read in whole: its body is kept in a file, relative to the gallery's root.
    case rawReply(file: String, byteCount: Int, isWhole: Bool)
    case cancelled
    /// Another request stands in the place of the one that waits.
    case edited(Intent)
    /// It waits before another job of the queue now; at the end where that is nil or gone.
    case moved(before: JobID?)
    /// What it cost, when its end is known: this many pictures were drawn. A nil price is not known.
    case settled(pictures: Int, Price?)
    /// A person decided that nothing more is to be done about an unknown outcome.
    case forgotten
    /// A person sent the request of an unknown outcome once more, as another job; written by an older
    /// program, before intents said it.
    case resent(as: JobID)
    /// A person says that the pictures of an unknown outcome did arrive.
    case arrived
    /// A person put a picture into the trash: it is not missing.
    case trashed(PictureID)
    case restored(PictureID)
    /// A person emptied it out of the trash.
    case erased(PictureID)
  }

  /// Everything needed to send the job, but the key.
  package struct Intent: Equatable, Sendable {
    package var request: GenerationRequest
    package var provider: String
    /// The wire the provider speaks; nil where an older program wrote the line.
    package var dialect: String?
    /// Where it is sent; nil for the sandbox, which the service runs itself, and in lines of an older
    /// program.
    package var baseURL: String?
    /// The profile's own headers; never one with a key.
    package var headers: [WireRequest.Header]
    /// What the profile changes about the models.
    package var limits: RequestLimits?
    package var clientRequestID: String?
    /// What the profile says it charges, by family; nil where it says nothing.
    package var prices: [String: PriceList]?
    /// What it may cost at most; nil when no price is known.
    package var reserved: Price?
    /// The part of that which is paid once, however many pictures come: for references. Nil is none.
    package var reservedOnce: Price?
    /// The job of unknown outcome whose request a person sends once more by this; it is decided with this
    /// line.
    package var resends: JobID?
    /// By what a further try of the same request is known, where a client may try by itself.
    package var fingerprint: RequestFingerprint?
    /// Those it was asked for with, where a model draws one picture a request.
    package var group: JobGroup?
    /// The most pictures that can come of it, where that is another number than the one asked for.
    package var mostPictures: Int?

    package init(
      request: GenerationRequest, provider: String, dialect: String? = nil,
      baseURL: String? = nil, headers: [WireRequest.Header] = [], limits: RequestLimits? = nil,
      clientRequestID: String? = nil, prices: [String: PriceList]? = nil, reserved: Price? = nil,
      resends: JobID? = nil, fingerprint: RequestFingerprint? = nil,
      group: JobGroup? = nil, mostPictures: Int? = nil, reservedOnce: Price? = nil
    ) {
      self.request = request
      self.provider = provider
      self.dialect = dialect
      self.baseURL = baseURL
      self.headers = headers
      self.limits = limits
      self.clientRequestID = clientRequestID
      self.prices = prices
      self.reserved = reserved
      self.resends = resends
      self.fingerprint = fingerprint
      self.group = group
      self.mostPictures = mostPictures
      self.reservedOnce = reservedOnce
    }
  }

  /// Where the bytes of a result are.
  package enum Source: Equatable, Sendable {
    /// The whole address, with its signature.
    case address(String)
    /// A file, relative to the gallery's root, that holds the bytes already.
    case file(String)
  }

  package struct Failure: Equatable, Sendable, Codable {
    /// The provider's or the program's word for it.
    package var code: String
    package var message: String
    /// Nil when the whole job failed.
    package var number: Int?
    /// The provider's name for the request, for its support desk.
    package var requestID: String?
    /// How many pictures the provider says it generated, where it says so and not all could be read.
    package var generated: Int?
    /// The job is not over: another attempt follows by itself. Nil is no.
    package var isTriedAgain: Bool?

    package init(
      code: String, message: String, number: Int? = nil, requestID: String? = nil,
      generated: Int? = nil, isTriedAgain: Bool = false
    ) {
      self.generated = generated
      self.code = code
      self.message = message
      self.number = number
      self.requestID = requestID
      self.isTriedAgain = isTriedAgain ? true : nil
    }

    enum CodingKeys: String, CodingKey {
      case code, message, number, generated
      case requestID = "request_id"
      case isTriedAgain = "again"
    }
  }
}
