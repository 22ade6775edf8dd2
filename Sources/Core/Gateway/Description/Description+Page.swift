import HTTP
import Seedream

extension Description {
  /// The description for people: one page that needs nothing else.
  ///
  /// - Parameter origin: How the reader calls this gateway.
  func page(at origin: String) -> HTTPReply {
    HTTPReply(
      headers: [
        HTTPHeader("Content-Type", "text/html; charset=utf-8"),
        HTTPHeader(
          "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
      ], body: .bytes(Array(html(origin).utf8)))
  }

  private func html(_ origin: String) -> String {
    """
    <!doctype html>
    <html lang="en"><meta charset="utf-8"><title>Darkroom gateway</title>
    <meta name="viewport" content="width=device-width">
    <style>
    body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fff}
    h2{margin-top:2em;font:bold 1.1em ui-monospace,monospace}
    table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3em .6em;border-bottom:1px solid #ddd}
    pre{background:#f4f2ee;padding:.8em;overflow-x:auto}code,pre{font-family:ui-monospace,monospace;font-size:.9em}
    @media(prefers-color-scheme:dark){body{color:#ddd;background:#181614}pre{background:#25221f}td,th{border-color:#444}a{color:#e8a}}
    </style>
    <h1>Darkroom gateway</h1>
    <p>\(program.html). Pictures come from the provider <b>\(provider.html)</b>. \
    \(needsKey ? "A key is needed: <code>Authorization: Bearer KEY</code>." : "No key is needed.") \
    \(retries.html) For programs: <a href="/openapi.json">/openapi.json</a>.</p>
    \(endpoints.map { section($0, origin) }.joined())
    </html>

    """
  }

  private func section(_ endpoint: Endpoint, _ origin: String) -> String {
    let path = endpoint.template
    var text = "<h2>\(endpoint.methods[0]) \(path)</h2><p>\(summary(of: endpoint).html)</p>\n"
    guard !endpoint.members.isEmpty else { return text }
    let rows = rows(endpoint.members, below: "")
    text += "<table><tr><th>member<th>takes<th>meaning</tr>\n\(rows)</table>\n"
    let key = needsKey ? " -H \"Authorization: Bearer $KEY\"" : ""
    for example in endpoint.examples {
      text +=
        "<p>\(example.words.html)</p>\n<pre>curl \(origin.html)\(path)\(key) \\\n"
        + "  -H 'Content-Type: application/json' \\\n"
        + "  -d '\(example.body.description.html)'</pre>\n"
    }
    return text
  }

  private func rows(_ rules: [MemberRule], below parent: String) -> String {
    rules.map { rule in
      let name = parent + rule.name
      let needed = rule.isRequired ? " <b>required</b>" : ""
      let standard = rule.standard.map { " Else <code>\($0.description.html)</code>." } ?? ""
      let row =
        "<tr><td><code>\(name)</code>\(needed)<td>\(rule.kind.shown.html)"
        + "<td>\(rule.meaning.html)\(standard)</tr>\n"
      guard case .object(let inner) = rule.kind else { return row }
      return row + rows(inner, below: "\(name).")
    }.joined()
  }
}

extension MemberRule.Kind {
  /// What is taken, for people.
  fileprivate var shown: String {
    switch self {
    case .text, .prompt: "a string"
    case .words(let words): words.joined(separator: ", ")
    case .flag: "true, false"
    case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "\(Int(range.lowerBound)) to \(Int(range.upperBound))"
    case .size: "2K, 2048x1024"
    case .pictures: "a string or a list"
    case .object: "an object"
    case .tools: "a list of {\"type\": …}"
    }
  }
}

extension String {
  /// As text of HTML.
  fileprivate var html: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
