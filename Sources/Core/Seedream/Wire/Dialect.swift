/// One provider's way of speaking: where, with which key, in which words.
///
/// A dialect is a value with two functions, one for each direction, so a new provider is a new file
/// in `Dialects/` and an entry in `builtIn`. What a profile may override are plain properties.
public struct Dialect: Sendable {
  /// What people call it, `ark`.
  public var name: String
  /// Whose model ids and prices it uses.
  public var site: Site
  /// Scheme, host and path up to the one of the request, no slash at the end; empty where it is
  /// only known at run time.
  public var baseURL: String
  /// How the key travels.
  public var authentication: Authentication
  /// Environment variables that may hold the key, in the order they are tried.
  public var keyVariables: [String]
  /// Where the provider differs from the vendor's own limits.
  public var limits: RequestLimits
  /// Writes a request.
  var write: @Sendable (EncodingContext) throws(UnstoredReference) -> WireRequest
  /// Reads the rest of a JSON reply whose pictures (`data[]`) have been reported; what it returns ends
  /// with the event that ends the reply.
  var read: @Sendable (ReplyDocument) -> [ReplyEvent]
}

/// All that an encoder needs.
struct EncodingContext: Sendable {
  var request: GenerationRequest
  /// As the provider offers it; nil for endpoint ids, whose model only the provider knows.
  var model: Model?
  var dialect: Dialect
}

extension Dialect {
  /// Puts a request into the words of this provider.
  ///
  /// Members the model refuses are left out. References must be URLs or stored.
  ///
  /// - Parameter model: As the catalogue has it; nil for endpoint ids.
  public func encode(
    _ request: GenerationRequest, for model: Model?
  ) throws(UnstoredReference) -> WireRequest {
    try write(
      EncodingContext(request: request, model: model?.limited(by: limits), dialect: self))
  }

  /// The dialects of this version.
  public static let builtIn: [Dialect] = [.ark, .byteplus, .sandbox]

  /// Finds a dialect by name, in any case.
  public static func named(_ name: String) -> Dialect? {
    builtIn.first { $0.name == name.lowercased() }
  }
}
