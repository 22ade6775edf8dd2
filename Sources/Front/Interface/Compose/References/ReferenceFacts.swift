package import Seedream

/// What was found out about an input picture before it is sent.
package struct ReferenceFacts: Equatable, Sendable {
  /// What goes into the request.
  package var reference: Reference
  /// The file's name, or the short form of its address.
  package var name: String
  /// `jpeg`, `png` …; nil where nobody looked, as with a URL.
  package var format: ImageFormat?
  /// Pixels.
  package var width: Int?
  /// Pixels.
  package var height: Int?
  package var byteCount: Int?

  package init(
    reference: Reference, name: String, format: ImageFormat? = nil, width: Int? = nil,
    height: Int? = nil, byteCount: Int? = nil
  ) {
    self.reference = reference
    self.name = name
    self.format = format
    self.width = width
    self.height = height
    self.byteCount = byteCount
  }
}
