import Seedream

/// All that goes wrong with one request.
struct FaultPlan: Equatable {
  static let header = "X-Sandbox-Fault"

  private var faults: [Fault] = []

  /// Takes the words that begin with `fault:` out of the prompt, and adds the header's faults, which
  /// are separated by commas.
  ///
  /// - Throws: For a fault nobody knows: a test that misspells one must not pass.
  init(_ request: inout ArkRequest, header: String?) throws(ArkRefusal) {
    for text in (header ?? "").split(whereSeparator: { $0 == "," || $0 == " " }) { try add(text) }
    guard let prompt = request.prompt, prompt.contains(Self.mark) else { return }
    let words = prompt.split(whereSeparator: \.isWhitespace)
    for word in words where word.hasPrefix(Self.mark) { try add(word.dropFirst(Self.mark.count)) }
    request.prompt = words.filter { !$0.hasPrefix(Self.mark) }.joined(separator: " ")
  }

  private static let mark = "fault:"

  private mutating func add(_ text: Substring) throws(ArkRefusal) {
    guard let fault = Fault(text) else {
      throw .invalid(
        Self.header, "'\(text.prefix(60))' is none of \(Fault.forms).", named: true)
    }
    faults.append(fault)
  }

  // MARK: What is to happen

  /// Seconds before the first byte.
  var delay: Double {
    faults.reduce(0) { if case .slow(let seconds) = $1 { max($0, seconds) } else { $0 } }
  }

  /// Why the whole request is refused.
  var refusal: ArkRefusal? {
    for case .status(let status) in faults { return .answering(status) }
    return nil
  }

  /// What becomes of one member instead of being drawn.
  ///
  /// - Parameter index: From 0.
  func refusal(ofMember index: Int) -> ArkRefusal? {
    if faults.contains(.memberRefused(index + 1)) { return .sensitive }
    return faults.contains(.memberError(index + 1)) ? .failed : nil
  }

  /// After how many members the reply breaks off.
  var cut: Int? {
    for case .cut(let count) in faults { return count }
    return nil
  }

  /// The size that is drawn instead of the one asked for.
  var size: PixelSize? {
    for case .wrongSize(let size) in faults { return size }
    return nil
  }

  var leavesOutEnd: Bool { faults.contains(.noCompleted) }
  var expires: Bool { faults.contains(.expired) }
  var spoilsBytes: Bool { faults.contains(.wrongBytes) }
}

extension ArkRefusal {
  /// A picture that was drawn and may not be shown; the set goes on.
  static let sensitive = ArkRefusal(
    status: 400, code: "OutputImageSensitiveContentDetected",
    message: "The request failed because the output image may contain sensitive information.",
    type: "BadRequest")

  fileprivate static func answering(_ status: Int) -> ArkRefusal {
    switch status {
    case 400: .invalid("prompt", "it asks for this error.")
    case 429: .tooManyPictures()
    default: .failed
    }
  }
}
