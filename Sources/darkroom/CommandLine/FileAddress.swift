import HTTP
import Posix

/// `file://` addresses, as file managers and browsers hand them on (RFC 8089).
enum FileAddress {
  /// The path that an address names; nil for a text that is no such address.
  /// - Throws: `CommandFailure` for one that names a file of another machine, or none.
  static func path(_ text: String) throws -> String? {
    guard text.lowercased().utf8.starts(with: "file:".utf8) else { return nil }
    let shown = printable(text.prefix(80))
    var rest = text.utf8.dropFirst(5)
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let host = String(Substring(rest.prefix { $0 != UInt8(ascii: "/") }))
      guard host.isEmpty || host.lowercased() == "localhost" else {
        throw CommandFailure(
          "'\(shown)' names a file of the machine '\(printable(host.prefix(80)))': only files of this "
            + "one can be read")
      }
      rest = rest.dropFirst(host.utf8.count)
    }
    // A name with one of these has it as %3F or %23.
    rest = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    guard rest.first == UInt8(ascii: "/"), let bytes = PercentDecoding.bytes(rest) else {
      throw CommandFailure("'\(shown)' is not the address of a file: try its path instead")
    }
    guard let path = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(
        "'\(printable(bytes))' is not UTF-8 text: a file with such a name can be given another, or "
          + "piped in: --ref - < FILE")
    }
    return path
  }
}
