/// A picture that goes into a request.
public enum Reference: Equatable, Hashable, Sendable, Codable {
  /// Fetched by the provider: must be public http or https.
  case url(String)
  /// A file of the user's; the service stores and inlines it.
  case file(String)
  /// A picture of the gallery by its id, `k7f2-1`; stored and inlined like a file.
  case picture(String)
  /// What `file` and `picture` become once the service has stored the bytes.
  case stored(StoredReference)
}

/// An input picture kept in the gallery under the SHA-256 of its bytes.
public struct StoredReference: Equatable, Hashable, Sendable, Codable {
  /// Lower-case hex, 64 digits.
  public var sha256: String
  /// By magic bytes, never by name.
  public var format: ImageFormat
  /// Bytes of the file as stored.
  public var byteCount: Int
  /// Where it came from: a path, or the id of a picture of the gallery.
  public var origin: String

  /// Describes a stored picture.
  public init(sha256: String, format: ImageFormat, byteCount: Int, origin: String) {
    self.sha256 = sha256
    self.format = format
    self.byteCount = byteCount
    self.origin = origin
  }
}
