/// The sentences in which the live service refuses a request, for those who answer in its stead.
///
/// Source: answers of status 400, 401 and 500 of Volcengine Ark and BytePlus ModelArk; Error codes (doc
/// 1299023). The request's id, which the service adds, is not in them.
package enum ServiceWords {
  /// - Parameter verb: Some members are plural to the service.
  package static func invalid(_ parameter: String, _ reason: String, verb: String = "is") -> String
  {
    "The parameter `\(parameter)` specified in the request \(verb) not valid: \(reason)"
  }

  /// The reason for a member that the model does not take.
  package static func unsupported(_ parameter: String) -> String {
    "the parameter `\(parameter)` is not supported by the current model."
  }

  package static func missing(_ parameter: String) -> String {
    "The request failed because it is missing the `\(parameter)` parameter."
  }

  /// The reasons against a transparent background. Source: answers of status 400 of 5.0 pro, measured.
  package static let needsOnePicture = "transparent background requires exactly one input image"
  package static let needsPNG = "must be png when background is transparent"
  /// Our own words: what the service says to this is not known.
  package static let noBackground =
    "the parameter is not supported together with layer_decomposition"

  package static let noKey = "the API key or AK/SK in the request is missing or invalid."
  package static let failed = "The service encountered an unexpected internal error."
}

extension Model {
  /// The service's reason against a size that it does not offer at all: a keyword, or pixels of a model that
  /// takes keywords only.
  package var wordsAgainstSize: String {
    let keywords = sizes.keywords.map { "'\($0.lowercased())'" }
    guard family == .seedream5Lite, let last = keywords.last else {
      // The id without its date.
      let id = volcengine.id.isEmpty ? byteplus.id : volcengine.id
      let name = id.split(separator: "-").dropLast().joined(separator: "-")
      return "the specified size is not supported for model \(name)."
    }
    let first = (["'WIDTHxHEIGHT'"] + keywords.dropLast()).joined(separator: ", ")
    return "size must be one of \(first), or \(last)."
  }

  /// The service's reason against pixels; nil for those that the model generates.
  package func words(against size: PixelSize) -> String? {
    guard let pixels = sizes.pixels else { return wordsAgainstSize }
    if size.pixelCount < pixels.lowerBound {
      return "image size must be at least \(pixels.lowerBound) pixels."
    }
    if size.pixelCount > pixels.upperBound {
      return "image size must be at most \(pixels.upperBound) pixels."
    }
    return sizes.allows(size) ? nil : "image aspect ratio must be between 1/16 and 16."
  }
}
