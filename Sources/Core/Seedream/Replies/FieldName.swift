/// What the name of a field says about a picture in it. Case, `_` and `-` make no difference.
///
/// The names are those of replies that relays are known to make, see WIRE.md.
package struct FieldName {
  private let name: String

  package init(_ name: some StringProtocol) {
    self.name = name.utf8.count > 64 ? "" : name.lowercased().filter { $0 != "_" && $0 != "-" }
  }

  /// Whether it promises base64.
  var isBase64: Bool { (name.contains("b64") || name.contains("base64")) && !isNoResult }

  /// Whether what stands in it is not a result: the request again, a smaller copy, or words.
  package var isNoResult: Bool {
    Self.others.contains(name) || Self.starts.contains { name.hasPrefix($0) }
  }

  /// Whether it names the address of a picture, in whatever form.
  var isAddress: Bool {
    if ["src", "href", "link", "uri", "url", "urls", "uris"].contains(name) { return true }
    return ["url", "urls", "uri", "uris"].contains { name.hasSuffix($0) }
      && !Self.services.contains { name.hasPrefix($0) }
  }

  /// Whether a text in it may be a picture or its address.
  var isPicture: Bool { Self.pictures.contains(name) || isBase64 }

  /// Whether a request has it too, so that beside results it repeats the request.
  var isOfRequestsToo: Bool {
    ["image", "images", "imageurl", "imageurls"].contains(name)
  }

  /// Whether it says what went wrong.
  var isError: Bool { ["error", "errors", "errorcode", "errormessage"].contains(name) }

  /// Whether its text is for people, with pictures between the words.
  var isText: Bool { ["content", "text", "answer", "response", "outputtext"].contains(name) }

  /// Whether it is a list of results: what is no picture in it should have been one.
  var isResults: Bool {
    ["data", "images", "results", "outputs", "output", "artifacts", "urls"].contains(name)
  }

  private static let pictures: Set = [
    "", "data", "image", "images", "img", "imgs", "imagedata", "output", "outputs", "result",
    "results", "artifact", "artifacts", "picture", "pictures", "file", "files", "content",
    "generatedimage", "generatedimages", "generations",
  ]
  /// Beginnings of the names of what was sent, and of what is smaller than the result.
  private static let starts = [
    "input", "reference", "refimage", "initimage", "sourceimage", "sourceurl", "originalimage",
    "mask", "control", "thumb", "preview", "prompt", "revised", "negativeprompt", "imageinput",
    "imageprompt",
  ]
  private static let others: Set = [
    "request", "requests", "parameters", "params", "args", "arguments", "payload", "config",
    "settings", "options", "usage", "error", "errors", "messages", "metadata", "user", "avatar",
    "logs", "model", "id", "type", "size", "created", "documentation", "reasoning",
    "reasoningcontent",
  ]
  /// Beginnings of the names of addresses that lead to no picture.
  private static let services = [
    "callback", "webhook", "status", "polling", "poll", "cancel", "log", "response", "doc", "help",
    "web", "home", "avatar", "base", "api", "request", "stream", "get", "dashboard", "notify",
  ]
}
