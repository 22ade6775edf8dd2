import Posix

/// The keys that clients of the gateway may have. None is ever written anywhere.
package struct KeyRing: Sendable {
  private let keys: [[UInt8]]

  /// Reads a file with a key a line; empty lines and those that begin with `#` are passed over.
  ///
  /// - Throws: `GatewayError` for a file that others can read, that is not UTF-8, or that has no key.
  package init(path: String) throws(GatewayError) {
    do {
      let file = try FileInformation(of: path)
      guard file.owner == ThisProcess.user, file.isClosedToOthers else {
        throw GatewayError(
          "Others can read the keys in \(printable(path)): make the file yours, and type  chmod 600."
        )
      }
      try self.init(Self.keys(in: try FileSystem.read(path, limit: 1 << 20), of: path))
    } catch let error as GatewayError {
      throw error
    } catch {
      throw GatewayError("The keys cannot be read: \(error)")
    }
  }

  /// What is no text is refused: bytes that stand for nothing would all be one and the same key.
  private static func keys(in bytes: [UInt8], of path: String) throws(GatewayError) -> [String] {
    func refusal(_ reason: String) -> GatewayError {
      GatewayError("The keys in \(printable(path)) cannot be taken: \(reason).")
    }
    let start = Array(bytes.prefix(2))
    if start == [0xFE, 0xFF] || start == [0xFF, 0xFE] || bytes.contains(0) {
      throw refusal("it is UTF-16, or has NULs: save it as UTF-8")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw refusal("it begins with a byte order mark: save it as UTF-8 without one")
    }
    var keys: [String] = []
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      for part in line.split(separator: 0x0D) {
        guard let text = String(validating: part, as: UTF8.self) else {
          throw refusal("line \(index + 1) is not UTF-8")
        }
        let key = text.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        if key.isEmpty || key.first == "#" { continue }
        guard key.allSatisfy({ $0.unicodeScalars.allSatisfy(isOfKey) }) else {
          throw refusal(
            "line \(index + 1) has white space or invisible characters in the middle")
        }
        keys.append(String(key))
      }
    }
    return keys
  }

  private static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t"
  }

  /// What a header's bytes that are not UTF-8 are read as is in no key.
  private static func isOfKey(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned:
      false
    default: scalar != "\u{FFFD}"
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
