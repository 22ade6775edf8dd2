internal import Glibc

/// The environment variables this process was started with.
package enum Environment {
  /// The value of a variable; nil where it is unset, empty, or not UTF-8.
  package static func value(_ name: String) -> String? {
    guard let text = unsafe getenv(name), let value = unsafe String(validatingCString: text),
      !value.isEmpty
    else { return nil }
    return value
  }

  /// The value of a variable; nil where it is unset or empty.
  /// - Throws: `EILSEQ` where it is not UTF-8: to take it for unset would put something else in its place.
  package static func text(_ name: String) throws(PosixError) -> String? {
    if let value = value(name) { return value }
    guard let text = unsafe getenv(name), unsafe text[0] != 0 else { return nil }
    throw PosixError("read the variable", path: name, code: EILSEQ)
  }

  /// All variables by name, to be changed and handed to a child. Entries that are not UTF-8 or have no
  /// name are left out: see `unreadable`.
  package static var all: [String: String] {
    var variables: [String: String] = [:]
    for entry in entries {
      guard let line = String(validating: entry, as: UTF8.self),
        let sign = line.utf8.firstIndex(of: UInt8(ascii: "="))
      else { continue }
      variables[String(line[..<sign])] = String(line[line.utf8.index(after: sign)...])
    }
    return variables
  }

  /// The entries (`NAME=value`) that are not UTF-8, by their names, to be handed to a child as they are.
  package static var unreadable: [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for entry in entries where String(validating: entry, as: UTF8.self) == nil {
      let name = entry.prefix { $0 != UInt8(ascii: "=") }
      found[String(decoding: name, as: UTF8.self)] = entry
    }
    return found
  }

  /// All of it, byte by byte.
  static var entries: [[UInt8]] {
    var entries: [[UInt8]] = []
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      unsafe entries.append(bytes(of: text))
      unsafe entry += 1
    }
    return entries
  }
}

/// The bytes of a C string.
func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
  unsafe UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
}
