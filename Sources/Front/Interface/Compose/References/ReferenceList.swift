import Seedream

/// The reference images of the next request, in the order the prompt counts them.
struct ReferenceList: Equatable, Sendable {
  struct Item: Equatable, Sendable {
    enum State: Equatable, Sendable {
      case checking
      case ready(ReferenceFacts)
      case refused(message: String)
    }
    /// Names the item while it is looked at.
    let token: Int
    /// As typed, pasted or chosen.
    var text: String
    var state: State
  }

  var items: [Item] = []
  var selected = 0
  var window = ListWindow()
  /// The input for a new one, while it is open.
  var line: LineInput?
  /// The item that what is typed takes the place of; nil where it is a new one.
  private(set) var corrected: Int?
  /// What the checks say of single items, by place.
  var problems: [Int: Problem] = [:]
  private var nextToken = 1

  /// As they go into a request; those still looked at or refused go as they were typed.
  var references: [Reference] { items.map(\.reference) }

  mutating func fit(rows: Int) {
    window.fit(rows: rows - (line == nil ? 0 : 2), count: items.count)
    window.reveal(selected)
  }

  mutating func select(_ row: Int) {
    selected = min(max(0, row), max(0, items.count - 1))
    window.reveal(selected)
  }

  /// Opens the input with what was typed for the selected one.
  mutating func correctSelected() {
    guard items.indices.contains(selected) else { return }
    line = LineInput(label: "Correct:", text: items[selected].text, names: .reference)
    corrected = items[selected].token
  }

  mutating func openInput(_ text: String = "") {
    if line == nil { line = LineInput(label: "Add:", names: .reference) }
    if !text.isEmpty { line?.editor.insert(text) }
  }

  /// What is typed and not on the list: not what only repeats the item it would take the place of.
  var typed: String? {
    let text = line?.content
    return items.contains { $0.token == corrected && $0.text == text } ? nil : text
  }

  /// Opens the input with a text before what is typed there.
  mutating func openInput(before text: String) {
    let typed = line?.editor.text ?? ""
    if line == nil { line = LineInput(label: "Add:", names: .reference) }
    line?.editor = TextEditor(text + typed, isSingleLine: true)
  }

  mutating func closeInput() {
    line = nil
    corrected = nil
  }

  /// Adds a picture that needs no looking at.
  mutating func add(_ facts: ReferenceFacts) {
    append(Item(token: makeToken(), text: facts.name, state: .ready(facts)))
  }

  /// Puts the references of a draft back, before those that are here, and asks for a look at each; `text`
  /// tells what it is.
  mutating func restore(_ references: [Reference]) -> [AppEffect] {
    let restored = unchecked(references)
    selected = items.isEmpty ? 0 : selected + restored.count
    items = restored + items
    return restored.map { .inspectReference(token: $0.token, $0.text) }
  }

  /// Items that nobody has looked at yet.
  mutating func unchecked(_ references: [Reference]) -> [Item] {
    references.map { Item(token: makeToken(), text: $0.text, state: .checking) }
  }

  /// Takes references as they are: they were looked at when their job was made.
  mutating func keep(_ references: [Reference]) {
    _ = resume(references, known: references)
  }

  /// Takes references as they are where they are known, and asks for a look at the others.
  mutating func resume(_ references: [Reference], known: [Reference]) -> [AppEffect] {
    closeInput()
    items = references.map { reference in
      let name = reference.text.split(separator: "/").last.map(String.init) ?? reference.text
      return Item(
        token: makeToken(), text: reference.text,
        state: known.contains(reference)
          ? .ready(ReferenceFacts(reference: reference, name: name)) : .checking)
    }
    select(0)
    return items.filter { $0.state == .checking }.map {
      .inspectReference(token: $0.token, $0.text)
    }
  }

  /// Takes back items that were here before, and asks for a look at those that still need one.
  mutating func putBack(_ kept: [Item]) -> [AppEffect] {
    closeInput()
    items = kept
    select(0)
    return kept.filter { $0.state == .checking }.map {
      .inspectReference(token: $0.token, $0.text)
    }
  }

  mutating func inspected(_ token: Int, _ facts: ReferenceFacts) {
    if let row = items.firstIndex(where: { $0.token == token }) {
      items[row].state = .ready(facts)
    }
  }

  mutating func refused(_ token: Int, _ message: String, _ keymap: Keymap) -> [ViewRequest] {
    guard let row = items.firstIndex(where: { $0.token == token }) else { return [] }
    items[row].state = .refused(message: message)
    let told =
      "Reference \(row + 1) cannot be used: \(message) In the list \(keymap.label(.editReference)) "
      + "corrects it, \(keymap.label(.removeReference)) removes it."
    return [.say(Notice(.error, told))]
  }

  mutating func removeSelected() {
    guard items.indices.contains(selected) else { return }
    items.remove(at: selected)
    problems = [:]
    select(selected)
  }

  mutating func moveSelected(by offset: Int) {
    let goal = selected + offset
    guard items.indices.contains(selected), items.indices.contains(goal) else { return }
    items.swapAt(selected, goal)
    problems = [:]
    select(goal)
  }

  mutating func append(_ item: Item) {
    items.append(item)
    problems = [:]
    select(items.count - 1)
  }

  mutating func makeToken() -> Int {
    defer { nextToken += 1 }
    return nextToken
  }
}

extension ReferenceList.Item {
  var reference: Reference {
    if case .ready(let facts) = state { return facts.reference }
    let isAddress = text.hasPrefix("http://") || text.hasPrefix("https://")
    return isAddress ? .url(text) : .file(text)
  }
}

extension Reference {
  /// As a user would type it.
  var text: String {
    switch self {
    case .url(let text), .file(let text), .picture(let text): text
    case .stored(let stored): stored.origin
    }
  }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
