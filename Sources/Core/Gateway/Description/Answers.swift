import Seedream

/// What an endpoint answers, for the description: the statuses, and for each its body with an example that
/// the code of the refusals has written itself.
struct Answers {
  let endpoint: Endpoint
  let needsKey: Bool
  /// Then all answers are known; a provider has more.
  let isSandbox: Bool
  /// Whether requests become jobs of a gallery.
  let records: Bool
  /// In bytes.
  let bodyLimit: Int

  var described: JSONText { .object(all.map { ($0.status, $0.json) }) }

  private struct Entry {
    var status: String
    var words: String
    var headers: [(String, JSONText)] = []
    var content: [(String, JSONText)] = []

    var json: JSONText {
      .object(
        [("description", .string(words))]
          + (headers.isEmpty ? [] : [("headers", .object(headers))])
          + (content.isEmpty ? [] : [("content", .object(content))]))
    }
  }

  private var all: [Entry] { answers + (needsKey ? [] : [misdirected]) }

  private var misdirected: Entry {
    refusal("It is asked for under a name that it does not know.", .misdirected(to: "example.com"))
  }

  private var answers: [Entry] {
    switch endpoint {
    case .unified, .ark, .openAI, .edit: return generating
    case .results: return asking
    case .models, .arkModels:
      return [
        .init(
          status: "200", words: "The models.", headers: identity,
          content: json(AnswerSchemas.models(isArk: endpoint == .arkModels)))
      ] + doors
    case .files: return files
    case .description:
      return [.init(status: "200", words: "This document.", content: json(.object([])))]
    case .docs:
      let page = ("text/html", media(.text))
      return [.init(status: "200", words: "A page for people.", content: [page])]
    case .health:
      return [
        .init(status: "200", words: "Requests are taken.", content: line("ok\n")),
        .init(status: "503", words: "It is ending.", content: line("ending\n")),
      ]
    case .metrics:
      return [.init(status: "200", words: "Counters and times.", content: line(nil))] + doors
    }
  }

  private var generating: [Entry] {
    let hasAliases = endpoint == .unified
    var content = json(
      AnswerSchemas.pictures(isWhole: isSandbox || hasAliases, hasAliases: hasAliases),
      example: AnswerSchemas.picturesExample(hasAliases: hasAliases))
    if endpoint != .edit {
      content.append(("text/event-stream", AnswerSchemas.stream(isWhole: isSandbox)))
    }
    var entries = [
      Entry(
        status: "200", words: "The pictures, or why some of them did not come.",
        headers: identity + [
          header(GatewayService.noticeHeader, .text, isAlways: false)
        ], content: content)
    ]
    if endpoint.style == .detail {
      entries.append(refusal("The body cannot be read.", .unreadable("it is not valid JSON.")))
      entries.append(
        refusal("What is wrong with the members of the body.", .noPrompt, status: 422))
    } else {
      entries.append(
        refusal("The body cannot be read, or asks for what there is not.", .noPrompt))
    }
    entries += doors
    if records {
      entries.append(refusal("There is no room for it in the gallery's budget.", .overBudget))
      entries.append(refusal("Somebody cancelled its job.", .cancelled))
    }
    if endpoint.style == .ark { entries.append(refusal("There is no such model.", .noModel)) }
    entries += body
    entries.append(
      refusal("The provider asks to slow down.", .tooMany, more: [("Retry-After", .text, false)]))
    entries.append(refusal("The provider failed.", .failed))
    entries.append(refusal("The provider did not answer, or its reply broke off.", .broken))
    entries.append(
      refusal("It is ending: ask another.", .ending, more: [("Retry-After", .text, false)]))
    entries.append(refusal("The provider took too long.", .late))
    if !isSandbox {
      entries.append(refusal("What else the provider answered.", .failed, status: .some(nil)))
    }
    return entries
  }

  private var asking: [Entry] {
    [refusal("What is wrong with the request.", .unreadable("it is not valid JSON."))] + doors
      + [refusal("There is no such job.", .noJob)] + body
  }

  private var files: [Entry] {
    let kinds = ["image/jpeg", "image/png"].map { ($0, media(.anything)) }
    let fault = json(.object([("Code", .text), ("Message", .text)]))
    return [
      Entry(status: "200", words: "A picture.", content: kinds),
      Entry(
        status: "206", words: "A part of it.", headers: [header("Content-Range", .text)],
        content: kinds),
      records
        ? refusal("The address was changed, or has expired.", .forged)
        : Entry(status: "403", words: "The address was changed, or has expired.", content: fault),
      records
        ? refusal("There is no such picture, or not any more.", .notFound)
        : Entry(status: "404", words: "There is no such picture.", content: fault),
      Entry(
        status: "416", words: "It has no such part.", headers: [header("Content-Range", .text)]),
    ]
  }

  /// What keeps a request from being looked at.
  private var doors: [Entry] {
    needsKey
      ? [
        refusal(
          "The key is missing, or none that is known.", .noKey,
          more: [("WWW-Authenticate", .text, true)])
      ] : [refusal("A page of the web asked.", .webPage)]
  }

  /// What keeps a body from being read.
  private var body: [Entry] {
    [
      refusal("The body does not come to its end.", .overdue),
      refusal("The body is too large.", .tooLarge(limit: bodyLimit)),
      refusal("The body does not say that it is JSON.", .wrongType),
    ]
  }

  // MARK: Parts

  /// - Parameters:
  ///   - status: Where it is not the refusal's own; nil for all that are not listed.
  ///   - more: Headers beside those that every refusal has, and whether they are always there.
  private func refusal(
    _ words: String, _ refusal: Refusal, status: Int?? = .none,
    more: [(String, Schema, Bool)] = []
  ) -> Entry {
    let shown = status ?? refusal.status
    return Entry(
      status: shown.map { "\($0)" } ?? "default", words: words,
      headers: identity + [header("X-Should-Retry", .words(["true", "false"]))]
        + more.map { header($0.0, $0.1, isAlways: $0.2) },
      content: json(
        AnswerSchemas.refusal(endpoint.style, lists: shown == 422),
        example: endpoint.style.body(refusal, .example)))
  }

  private var identity: [(String, JSONText)] {
    [
      header("X-Request-Id", isSandbox ? .text(matching: "^02[0-9]{13}[0-9a-f]{38}$") : .text),
      header("X-Client-Request-Id", .text),
    ]
  }

  private func header(
    _ name: String, _ schema: Schema, isAlways: Bool = true
  ) -> (String, JSONText) {
    (name, .object([("required", .boolean(isAlways)), ("schema", schema.json)]))
  }

  private func json(_ schema: Schema, example: JSONText? = nil) -> [(String, JSONText)] {
    [("application/json", media(schema, example: example))]
  }

  private func line(_ example: String?) -> [(String, JSONText)] {
    [("text/plain", media(.text, example: example.map { .string($0) }))]
  }

  private func media(_ schema: Schema, example: JSONText? = nil) -> JSONText {
    .object([("schema", schema.json)] + (example.map { [("example", $0)] } ?? []))
  }
}
