/// What a reply says, in the order it says it.
///
/// Exactly one of `failed`, `interrupted`, `abandoned` and `finished` ends every reply, and nothing
/// follows it. Until then every image that began is either claimed by a `picture` or dropped.
public enum ReplyEvent: Equatable, Sendable {
  /// The next bytes of a picture that comes inside the reply. Images are numbered in the order they
  /// start; which picture of the set it is, `picture` says afterwards.
  case imageBytes(image: Int, [UInt8])
  /// The bytes given for this image are of no use: a preview, damaged, or cut off.
  case imageDropped(image: Int)
  /// A picture is there.
  case picture(PictureReply)
  /// One picture of the set will not come; the others may.
  case memberRefused(index: Int, APIError)
  /// What the reply says at its end about itself.
  case completed(Completion)
  /// A part of the reply that was not understood and does not matter: for the log.
  case ignored(String)
  /// There will be no picture.
  case failed(APIError)
  /// The connection ended before the reply did: what arrived is kept, the rest is unknown.
  case interrupted
  /// The rest was not read, because the reply exceeds a limit of this program: what was reported
  /// before is kept.
  case abandoned(ReplyFault)
  /// Everything has been said.
  case finished

  /// Whether this event ends the reply.
  public var isLast: Bool {
    switch self {
    case .failed, .interrupted, .abandoned, .finished: true
    default: false
    }
  }
}

/// One picture of a reply.
public struct PictureReply: Equatable, Sendable {
  /// Where the picture itself is.
  public enum Source: Equatable, Sendable {
    /// To be fetched within 24 hours, with the address verbatim and without a key.
    case url(String)
    /// The bytes that came as `imageBytes` of this image.
    case inline(image: Int, byteCount: Int)
  }

  /// Its place in the set, counted from zero, refused members included.
  public var index: Int
  /// Where it is.
  public var source: Source
  /// As the provider says; the file may know better.
  public var size: PixelSize?
  /// As the provider says; the file knows better.
  public var outputFormat: ImageFormat?

  /// Describes a picture of a reply.
  public init(
    index: Int, source: Source, size: PixelSize? = nil, outputFormat: ImageFormat? = nil
  ) {
    self.index = index
    self.source = source
    self.size = size
    self.outputFormat = outputFormat
  }
}

/// What a reply says at its end.
public struct Completion: Equatable, Sendable {
  /// The model as the provider spells it back.
  public var model: String?
  /// Unix seconds.
  public var created: Int?
  /// What was used.
  public var usage: Usage
  /// An error that came together with pictures.
  public var error: APIError?
}

/// What a request used. Providers leave out what they like.
public struct Usage: Equatable, Sendable, Codable {
  /// Pictures drawn: the unit of the bill.
  public var generatedImages: Int?
  /// Informative only: the pixels of all pictures over 256.
  public var outputTokens: Int?
  /// Informative only.
  public var totalTokens: Int?
  /// References counted by 5.0 pro and flash.
  public var inputImages: Int?
  /// Searches made; zero means the model saw no need.
  public var webSearches: Int?

  /// Everything left out is unknown.
  public init(
    generatedImages: Int? = nil, outputTokens: Int? = nil, totalTokens: Int? = nil,
    inputImages: Int? = nil, webSearches: Int? = nil
  ) {
    self.generatedImages = generatedImages
    self.outputTokens = outputTokens
    self.totalTokens = totalTokens
    self.inputImages = inputImages
    self.webSearches = webSearches
  }
}

/// A reply beyond what this program is willing to hold.
public enum ReplyFault: Error, Equatable, Sendable {
  /// More than this many bytes of JSON besides the pictures.
  case documentTooLarge(limit: Int)
  /// One picture of more than this many bytes.
  case imageTooLarge(limit: Int)
  /// More than this many pictures.
  case tooManyImages(limit: Int)

  /// One sentence for a person.
  public var sentence: String {
    switch self {
    case .documentTooLarge(let limit):
      "The provider's reply is larger than \(limit >> 20) MB without its pictures; it was dropped."
    case .imageTooLarge(let limit):
      "The provider sent a picture of more than \(limit >> 20) MB; the reply was dropped."
    case .tooManyImages(let limit):
      "The provider sent more than \(limit) pictures; the reply was dropped."
    }
  }
}

/// How much of a reply is held or passed on.
public struct ReplyLimits: Equatable, Sendable {
  /// Bytes of JSON besides the pictures, for each document of the reply.
  public var documentBytes: Int
  /// Bytes of one decoded picture.
  public var imageBytes: Int
  /// Pictures, previews and damaged ones included.
  public var images: Int

  /// 4 MiB of JSON, 64 pictures of up to 256 MiB.
  public init(documentBytes: Int = 4 << 20, imageBytes: Int = 256 << 20, images: Int = 64) {
    self.documentBytes = documentBytes
    self.imageBytes = imageBytes
    self.images = images
  }
}
