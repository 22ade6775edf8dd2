import Posix

/// The keys that clients of the gateway may have. None is ever written anywhere.
package struct KeyRing: Sendable {
  private let keys: [[UInt8]]

  /// Reads a file with a key a line; empty lines and those that begin with `#` are passed over.
  ///
  /// - Throws: `GatewayError` for a file that others can read, or that has no key.
  package init(path: String) throws(GatewayError) {
    do {
      let file = try FileInformation(of: path)
      guard file.owner == ThisProcess.user, file.isClosedToOthers else {
        throw GatewayError(
          "Others can read the keys in \(printable(path)): make the file yours, and type  chmod 600."
        )
      }
      let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
      try self.init(
        text.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
          .filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { String($0) })
    } catch let error as GatewayError {
      throw error
    } catch {
      throw GatewayError("The keys cannot be read: \(error)")
    }
  }

  package init(_ keys: [String]) throws(GatewayError) {
    guard !keys.isEmpty else { throw GatewayError("The file with the keys has none.") }
    self.keys = keys.map { Array($0.utf8) }
  }

  /// For what takes them out of texts.
  var texts: [String] { keys.map { String(decoding: $0, as: UTF8.self) } }

  /// Whether a client's key is one of these. Takes as long whichever it is, and wherever it differs.
  func admits(_ given: String) -> Bool {
    let given = Array(given.utf8)
    var isFound = false
    for key in keys {
      let isSame = Self.isSame(key, given)
      isFound = isFound || isSame
    }
    return isFound
  }

  private static func isSame(_ key: [UInt8], _ given: [UInt8]) -> Bool {
    var difference = key.count ^ given.count
    for (index, byte) in key.enumerated() {
      difference |= Int(byte ^ (index < given.count ? given[index] : ~byte))
    }
    return difference == 0
  }
}
