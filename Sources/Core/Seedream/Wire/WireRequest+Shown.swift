// A request for people: nothing here is ever sent, and no key is in it.

extension WireRequest {
  /// The body as indented JSON. Pictures are shortened to their beginning and their size, so it is
  /// what is sent in all but those; characters that could move a terminal's cursor are escaped.
  public var jsonPreview: String {
    var text = ""
    for piece in body {
      switch piece {
      case .text(let bytes): text += String(decoding: bytes, as: UTF8.self)
      case .reference(let index, let byteCount):
        text += "… (reference \(index + 1), \(byteCount) bytes)"
      }
    }
    return JSONLayout.indented(text.escapingControls)
  }

  /// A command line for a POSIX shell that sends this request.
  ///
  /// The key is taken from a variable. Stored pictures are read from files, which are piped into the
  /// body: an argument could not hold them.
  ///
  /// - Parameters:
  ///   - baseURL: Scheme, host and the path before the request's own.
  ///   - keyVariable: The name of the variable; one that cannot be a name becomes `API_KEY`.
  ///   - authentication: How the key travels.
  ///   - path: Where the bytes of a reference are, by its place among the references.
  public func curlCommand(
    baseURL: String, keyVariable: String = "ARK_API_KEY",
    authentication: Authentication = .bearer,
    path: (Int) -> String = { "reference-\($0 + 1)" }
  ) -> String {
    var lines = ["curl --fail-with-body \((baseURL + self.path).shellQuoted)"]
    if let header = authentication.header(key: "") {
      let variable = keyVariable.isShellName ? keyVariable : "API_KEY"
      lines.append("-H " + "\(header.name): \(header.value)".shellQuoted + "\"$\(variable)\"")
    }
    lines += headers.map { "-H " + "\($0.name): \($0.value)".shellQuoted }
    let texts = body.map { piece in
      switch piece {
      case .text(let bytes):
        (isText: true, String(decoding: bytes, as: UTF8.self).escapingControls.shellQuoted)
      case .reference(let index, _): (isText: false, path(index).shellQuoted)
      }
    }
    guard texts.contains(where: { !$0.isText }) else {
      lines += texts.map { "--data-binary " + $0.1 }
      return lines.joined(separator: " \\\n  ")
    }
    lines.append("--data-binary @-")
    let parts = texts.map { $0.isText ? "printf %s " + $0.1 : "base64 -w 0 < " + $0.1 }
    return "{ " + parts.joined(separator: "\n  ") + "\n} | " + lines.joined(separator: " \\\n  ")
  }
}

extension String {
  /// The text as one word of a POSIX shell.
  var shellQuoted: String {
    "'" + replacing("'", with: #"'\''"#) + "'"
  }

  /// Whether it can be the name of a shell's variable.
  fileprivate var isShellName: Bool {
    guard let first = utf8.first, !(0x30...0x39).contains(first) else { return false }
    return utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte)
        || (0x41...0x5a).contains(byte & 0xdf)
    }
  }

  /// JSON that means the same, with characters that do not show written as `\u001b`. Outside of
  /// strings our JSON has none.
  fileprivate var escapingControls: String {
    var result = ""
    for scalar in unicodeScalars {
      if (0x20..<0x7f).contains(scalar.value) {
        result.unicodeScalars.append(scalar)
        continue
      }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
