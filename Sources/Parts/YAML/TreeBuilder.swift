/// Builds the tree from the events and keeps it within its limits.
struct TreeBuilder: ~Copyable {
  private var events: EventSource
  private let limits: YAMLDocument.Limits
  private var nodeCount = 0

  init(events: consuming EventSource, limits: YAMLDocument.Limits) {
    self.events = events
    self.limits = limits
  }

  mutating func document() throws(YAMLError) -> YAMLNode? {
    if try events.next().kind == .streamEnd { return nil }
    let root = try node(events.next(), depth: 0)
    _ = try events.next()
    let rest = try events.next()
    if rest.kind != .streamEnd {
      throw YAMLError(.notOneDocument, at: rest.position, "a second document begins here")
    }
    return root
  }

  private mutating func node(_ event: ParserEvent, depth: Int) throws(YAMLError) -> YAMLNode {
    nodeCount += 1
    if nodeCount > limits.nodeCount {
      throw YAMLError(.tooLarge, at: event.position, "more than \(limits.nodeCount) values")
    }
    if depth > limits.depth {
      throw YAMLError(.tooDeep, at: event.position, "more than \(limits.depth) levels deep")
    }
    switch event.kind {
    case .scalar(let text, let isQuoted):
      return YAMLNode(.scalar(text, isQuoted: isQuoted), at: event.position)
    case .sequenceStart:
      return YAMLNode(.sequence(try elements(depth: depth + 1)), at: event.position)
    case .mappingStart:
      return YAMLNode(.mapping(try members(depth: depth + 1)), at: event.position)
    case .alias(let name):
      throw YAMLError(
        .alias, at: event.position, "the alias '*\(name)' is not supported: write the value out")
    case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
      throw YAMLError(.syntax, at: event.position, "a value is missing")
    }
  }

  private mutating func elements(depth: Int) throws(YAMLError) -> [YAMLNode] {
    var elements: [YAMLNode] = []
    while true {
      let event = try events.next()
      if event.kind == .sequenceEnd { return elements }
      elements.append(try node(event, depth: depth))
    }
  }

  private mutating func members(depth: Int) throws(YAMLError) -> [YAMLMember] {
    var members: [YAMLMember] = []
    var lines: [String: Int] = [:]
    while true {
      let event = try events.next()
      if event.kind == .mappingEnd { return members }
      guard case .scalar(let key, _) = try node(event, depth: depth).content else {
        throw YAMLError(.complexKey, at: event.position, "a key must be a word")
      }
      if let line = lines.updateValue(event.position.line, forKey: key) {
        throw YAMLError(
          .duplicateKey, at: event.position, "the key '\(key)' is already on line \(line)")
      }
      let value = try node(events.next(), depth: depth)
      members.append(YAMLMember(key: key, at: event.position, value: value))
    }
  }
}
