internal import CYAML

/// One step of libyaml's parser, copied out of it.
struct ParserEvent {
  enum Kind: Equatable {
    case documentStart, documentEnd, streamEnd
    case alias(String)
    case scalar(String, isQuoted: Bool)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  let kind: Kind
  let position: YAMLPosition
}

/// The owner of a libyaml parser and of the text it reads.
@safe
struct EventSource: ~Copyable {
  // libyaml keeps the address of the parser and of the text (yaml_parser_set_input_string), so
  // both stay in memory of their own.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>

  init(_ bytes: [UInt8]) {
    unsafe parser = .allocate(capacity: 1)
    // Fails for want of memory only, which ends a Swift program anyway.
    unsafe precondition(yaml_parser_initialize(parser) == 1)
    unsafe text = .allocate(capacity: bytes.count)
    _ = unsafe text.initialize(from: bytes)
    unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  /// The next event; the start of the stream is passed over.
  mutating func next() throws(YAMLError) -> ParserEvent {
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
      defer { unsafe yaml_event_delete(&event) }
      if let kind = unsafe try kind(of: event) {
        return unsafe ParserEvent(kind: kind, position: YAMLPosition(event.start_mark))
      }
    }
  }

  private func kind(of event: yaml_event_t) throws(YAMLError) -> ParserEvent.Kind? {
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_SEQUENCE_START_EVENT: return .sequenceStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT: return .mappingStart
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_ALIAS_EVENT: return unsafe .alias(String(cString: event.data.alias.anchor))
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      // libyaml has checked or made the UTF-8 itself.
      return unsafe .scalar(
        String(decoding: bytes, as: UTF8.self), isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE)
    default: return nil
    }
  }

  private func failure() -> YAMLError {
    let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "not readable"
    if unsafe parser.pointee.error == YAML_READER_ERROR {
      let line = unsafe lineOfByte(parser.pointee.problem_offset)
      return YAMLError(.encoding, at: YAMLPosition(line: line, column: 1), problem)
    }
    let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) + ", " } ?? ""
    return unsafe YAMLError(
      .syntax, at: YAMLPosition(parser.pointee.problem_mark), context + problem)
  }

  private func lineOfByte(_ offset: Int) -> Int {
    unsafe 1 + text.prefix(offset).count { $0 == 0x0A }
  }
}

extension YAMLPosition {
  /// libyaml counts from zero.
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}
