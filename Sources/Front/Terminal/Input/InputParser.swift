package import Screen

/// Turns the bytes of a terminal line into events, however the reads happened to split them.
///
/// A state machine after ECMA-48 with the dialects of xterm, kitty, rxvt and the Linux console.
/// Nothing that a terminal answers leaks as keys: a sequence nobody understands is one
/// `.reply(.other)`. Every buffer is bounded. Graphemes are joined within one `feed`; one that
/// arrives in two reads comes as two keys, which text joins again when both are inserted.
package struct InputParser: Sendable {
  private enum State {
    case ground
    /// Behind ESC; `doubled` when an ESC came before it, as rxvt sends for Alt and an arrow.
    case escape(doubled: Bool)
    case control(ControlSequence, alt: Bool)
    /// Behind `ESC O`.
    case shifted([UInt8], alt: Bool)
    /// Behind `ESC [ [`: function keys of the Linux console.
    case console
    /// Behind `CSI M`: three bytes of a mouse report without SGR coordinates.
    case oldMouse([UInt8])
    /// OSC, DCS and their like, by the letter behind ESC; `ending` when an ESC was seen in it.
    case string(introducer: UInt8, [UInt8], ending: Bool)
    case paste(PasteBuffer)
  }

  private var state = State.ground
  private var decoder = UTF8Decoder()
  /// Whether ESC came before a character of several bytes.
  private var isAltHeld = false
  private var text = String.UnicodeScalarView()
  private var events: [InputEvent] = []
  private let backspace: UInt8
  /// Whether a paste was ended by silence, so that its own end may still come.
  private var isPasteCut = false

  /// - Parameter backspace: the line's erase character (termios `VERASE`): what the key sends besides
  ///   DEL.
  package init(backspace: UInt8 = 0x7F) {
    self.backspace = backspace
  }

  /// Whether bytes are held back that are a key on their own if nothing follows them soon, such as
  /// ESC.
  package var needsFlush: Bool {
    switch state {
    case .escape: true
    case .control(let sequence, _): sequence.isEmpty
    case .shifted(let bytes, _): bytes.isEmpty
    case .string(_, let bytes, let ending): bytes.isEmpty && !ending
    default: false
    }
  }

  /// The silence in milliseconds after which the owner of the time calls `flush()`; nil while nothing is
  /// held back. A paste whose end got lost must not swallow all keys for ever; one that only stands still is
  /// handed over in parts, and what comes within another second is a part of it.
  package var flushDelay: Int? {
    if case .paste(let buffer) = state { return isPasteCut && buffer.isEmpty ? 2000 : 1000 }
    return needsFlush ? 30 : nil
  }

  /// Takes bytes as they were read.
  package mutating func feed(_ bytes: some Collection<UInt8>) -> [InputEvent] {
    if isPasteCut, case .ground = state { rejoin(bytes) }
    for byte in bytes { take(byte) }
    return takeEvents()
  }

  /// Decides that what is held back was all there is: ESC was the key Escape, `ESC [` was Alt and [, and
  /// a paste without its end is over.
  package mutating func flush() -> [InputEvent] {
    if case .paste(let buffer) = state {
      if isPasteCut, buffer.isEmpty {
        state = .ground
        return []
      }
      isPasteCut = true
      state = .paste(buffer.rest)
      emit(.paste(buffer.unfinished))
      return takeEvents()
    }
    guard needsFlush else { return [] }
    switch state {
    case .escape(let doubled):
      if doubled { emit(Key(.escape)) }
      emit(Key(.escape))
    case .control(_, let alt):
      if alt { emit(Key(.escape)) }
      emit(Key(.character("["), .alt))
    case .shifted(_, let alt):
      if alt { emit(Key(.escape)) }
      emit(Key(.character("O"), .alt))
    case .string(let introducer, _, _):
      emit(Key(.character(Character(Unicode.Scalar(introducer))), .alt))
    default: break
    }
    state = .ground
    return takeEvents()
  }

  /// The rest of a paste that was ended too early is no keys, if its end shows that it is one.
  private mutating func rejoin(_ bytes: some Collection<UInt8>) {
    guard let end = bytes.firstRange(of: PasteBuffer.end) else { return }
    isPasteCut = false
    guard case .ground = state, bytes[..<end.lowerBound].firstRange(of: PasteBuffer.start) == nil
    else { return }
    state = .paste(PasteBuffer())
  }

  // MARK: - One byte

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeText(byte)
    case .escape(let doubled): takeAfterEscape(byte, doubled: doubled)
    case .control(let sequence, let alt): takeControl(byte, sequence, alt: alt)
    case .shifted(let bytes, let alt): takeShifted(byte, bytes, alt: alt)
    case .console:
      state = .ground
      emit(KeySequences.console(byte).map { .key(Key($0)) } ?? .reply(.other))
    case .oldMouse(let bytes):
      let bytes = bytes + [byte]
      state = bytes.count < 3 ? .oldMouse(bytes) : .ground
      if bytes.count == 3 { emit(MouseSequences.old(bytes)) }
    case .string(let introducer, let bytes, let ending):
      takeString(byte, introducer: introducer, bytes, ending: ending)
    case .paste(var buffer):
      state = .ground  // Gives the buffer up, so that appending does not copy it.
      guard let pasted = buffer.take(byte) else {
        state = .paste(buffer)
        return
      }
      if !isPasteCut || !pasted.isEmpty { emit(.paste(pasted)) }
      isPasteCut = false
    }
  }

  private mutating func takeText(_ byte: UInt8) {
    if decoder.isEmpty {
      if byte == 0x1B {
        state = .escape(doubled: false)
        return
      }
      if let key = KeySequences.single(byte, backspace: backspace) {
        emit(key)
        return
      }
    }
    switch decoder.take(byte) {
    case .incomplete: break
    case .scalar(let scalar): append(scalar)
    case .invalid(let again):
      append("\u{FFFD}")
      if again { takeText(byte) }
    }
  }

  private mutating func takeAfterEscape(_ byte: UInt8, doubled: Bool) {
    switch byte {
    case 0x1B:
      if doubled { emit(Key(.escape)) }
      state = .escape(doubled: true)
      return
    case UInt8(ascii: "["):
      state = .control(ControlSequence(), alt: doubled)
      return
    case UInt8(ascii: "O"):
      state = .shifted([], alt: doubled)
      return
    default: break
    }
    if doubled { emit(Key(.escape)) }
    switch byte {
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"),
      UInt8(ascii: "X"):
      state = .string(introducer: byte, [], ending: false)
    case 0x80...:
      state = .ground
      isAltHeld = true
      takeText(byte)
    default:
      state = .ground
      var key =
        KeySequences.single(byte, backspace: backspace)
        ?? Key(.character(Character(Unicode.Scalar(byte))))
      key.modifiers.insert(.alt)
      emit(key)
    }
  }

  private mutating func takeControl(_ byte: UInt8, _ sequence: ControlSequence, alt: Bool) {
    var sequence = sequence
    if sequence.isEmpty && byte == UInt8(ascii: "[") {
      state = .console
      return
    }
    switch sequence.take(byte) {
    case .more: state = .control(sequence, alt: alt)
    case .broken: abandon(then: byte)
    case .complete:
      state = .ground
      if sequence.isPasteStart {
        isPasteCut = false
        state = .paste(PasteBuffer())
      } else if sequence.isOldMouse {
        state = .oldMouse([])
      } else {
        emit(sequence.event(alt: alt))
      }
    }
  }

  private mutating func takeShifted(_ byte: UInt8, _ bytes: [UInt8], alt: Bool) {
    let isParameter = (0x30...0x39).contains(byte) || byte == UInt8(ascii: ";")
    if isParameter && bytes.count < 8 {
      state = .shifted(bytes + [byte], alt: alt)
    } else if (0x40...0x7E).contains(byte) {
      state = .ground
      let modifiers = ControlSequence(parameters: bytes).lastModifiers
      emit(KeySequences.shifted(byte, modifiers.union(alt ? .alt : [])) ?? .reply(.other))
    } else {
      abandon(then: byte)
    }
  }

  private mutating func takeString(
    _ byte: UInt8, introducer: UInt8, _ bytes: [UInt8], ending: Bool
  ) {
    let isEnd = ending ? byte == UInt8(ascii: "\\") : byte == 0x07
    if isEnd {
      state = .ground
      emit(.reply(StringReplies.reply(introducer: introducer, bytes)))
    } else if ending {
      state = .escape(doubled: false)
      emit(.reply(.other))
      take(byte)
    } else if byte == 0x1B {
      state = .string(introducer: introducer, bytes, ending: true)
    } else if byte < 0x20 {
      abandon(then: byte)
    } else {
      // Longer than any answer of interest: read to its end, kept no longer.
      let isKept = bytes.count < 4096
      state = .string(introducer: introducer, isKept ? bytes + [byte] : bytes, ending: false)
    }
  }

  /// Gives a sequence up that cannot go on with this byte, and takes the byte for itself.
  private mutating func abandon(then byte: UInt8) {
    state = .ground
    emit(.reply(.other))
    if byte != 0x18 && byte != 0x1A { take(byte) }
  }

  // MARK: - Events

  private mutating func append(_ scalar: Unicode.Scalar) {
    if scalar == "\u{8D}" {
      // xterm without its mode 1036: Alt adds 128, which goes out as UTF-8.
      emit(Key(.enter, .alt))
    } else if (0x80..<0xA0).contains(scalar.value) {
      emit(.reply(.other))
    } else if isAltHeld {
      emit(Key(.character(Character(scalar)), .alt))
    } else {
      text.append(scalar)
    }
    isAltHeld = false
  }

  private mutating func emit(_ key: Key) { emit(.key(key)) }

  private mutating func emit(_ event: InputEvent) {
    flushText()
    events.append(event)
  }

  private mutating func flushText() {
    guard !text.isEmpty else { return }
    events += String(text).map { .key(Key(.character($0))) }
    text = String.UnicodeScalarView()
  }

  private mutating func takeEvents() -> [InputEvent] {
    flushText()
    defer { events = [] }
    return events
  }
}
