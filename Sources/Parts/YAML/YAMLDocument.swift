/// Reading YAML that a stranger may have written: bounded in size, depth and number of values, without
/// aliases, without tags that mean anything.
package enum YAMLDocument {
  /// What a document may cost.
  package struct Limits: Equatable, Sendable {
    /// Bytes of the text.
    package var byteCount: Int
    /// Collections within collections.
    package var depth: Int
    /// Scalars, sequences and mappings together, keys included.
    package var nodeCount: Int

    package init(byteCount: Int = 1 << 20, depth: Int = 32, nodeCount: Int = 20_000) {
      self.byteCount = byteCount
      self.depth = depth
      self.nodeCount = nodeCount
    }
  }

  /// Reads one document.
  ///
  /// - Parameter bytes: UTF-8, or UTF-16 with a byte order mark.
  /// - Returns: Nil for a text without any value: empty, or comments only.
  package static func parse(
    _ bytes: [UInt8], limits: Limits = Limits()
  ) throws(YAMLError) -> YAMLNode? {
    if bytes.count > limits.byteCount {
      throw YAMLError(
        .tooLarge, at: YAMLPosition(line: 1, column: 1),
        "the file has \(bytes.count) bytes, more than \(limits.byteCount)")
    }
    var builder = TreeBuilder(events: EventSource(bytes), limits: limits)
    return try builder.document()
  }

  /// Reads one document from a text.
  package static func parse(
    _ text: String, limits: Limits = Limits()
  ) throws(YAMLError) -> YAMLNode? {
    try parse(Array(text.utf8), limits: limits)
  }
}
