// The values that members of a request may have; the raw values are those of the wire.

/// How pictures come back.
public enum ResponseFormat: String, Equatable, Sendable, Codable, CaseIterable {
  /// A link that lives 24 hours.
  case url
  /// The bytes, as base64 in the reply.
  case base64 = "b64_json"
}

/// Whether the reply comes picture by picture.
public enum Streaming: String, Equatable, Sendable, Codable, CaseIterable {
  /// Streams where the model can and more than one picture is asked for.
  case automatic = "auto"
  case on
  case off
}

/// The provider's rewriting of the prompt.
public enum PromptOptimization: String, Equatable, Sendable, Codable, CaseIterable {
  /// Better pictures.
  case standard
  /// Sooner.
  case fast
}

/// What lies behind the subject of a picture.
public enum Background: String, Equatable, Sendable, Codable, CaseIterable {
  /// As the model finds right for the prompt.
  case auto
  case opaque
  case transparent
}

/// A picture file format; the raw value is the subtype of its media type.
public enum ImageFormat: String, Equatable, Sendable, Codable, CaseIterable {
  case jpeg
  case png
  case webp
  case bmp
  case tiff
  case gif
  case heic
  case heif
}
