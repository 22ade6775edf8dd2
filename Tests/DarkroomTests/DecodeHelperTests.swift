import FoundationEssentials
import Glibc
import Imaging
import Posix
import Screen
import TestSupport
import Testing

@testable import darkroom

/// A decoder of a test's own: scripts stand in its place that do what a hostile picture may make of one.
struct DecoderBench {
  let directory: TemporaryDirectory
  let program: String

  init() throws {
    directory = try TemporaryDirectory()
    program = try BuiltProgram.path("darkroom")
  }

  /// The decoder; each start leaves a line with its process id.
  ///
  /// - Parameter first: What stands in its place the first time, as a script whose standard input is the socket.
  func command(
    first: String = "", addressSpace: Int? = nil
  ) -> ProcessSpec {
    var command = ProcessSpec.decoder
    command.executable = "/bin/sh"
    command.name = nil
    let script = """
      echo $$ >> '\(directory.path("starts"))'
      if [ $(wc -l < '\(directory.path("starts"))') = 1 ]; then :; \(first)
      fi
      exec '\(program)' decode --serve
      """
    command.arguments = ["-c", script]
    if let addressSpace { command.limits.addressSpace = addressSpace }
    return command
  }

  /// The process ids of the decoders that were started.
  var starts: [Int32] {
    let text = FileManager.default.contents(atPath: directory.path("starts")) ?? Data()
    return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { Int32($0) }
  }

  /// A script that takes the request, whose file it never sees.
  static let taking = "head -c \(DecodeRequest.byteCount) > /dev/null"

  func picture(_ bytes: [UInt8]? = nil, _ name: String = "picture") throws -> OpenPicture {
    let path = directory.path(name)
    let grey = Pixels(width: 64, height: 64, bytes: Array(repeating: 255, count: 64 * 64 * 4))
    try Data(bytes ?? ImageEncoder.jpeg(grey)).write(to: URL(filePath: path))
    return try OpenPicture(path)
  }

  static let preview = SymbolPreview(columns: 8, rows: 4, colors: .truecolor, shapes: .quadrants)

  /// Waits for a condition, without a sound.
  func wait(for what: String, _ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + TerminalSession.patience
    while try !condition() {
      guard ContinuousClock.now < deadline else { throw TestFailure("no \(what)") }
      await Task.yield()
    }
  }
}

extension DecodeHelper {
  /// Without holding it back, unless told otherwise.
  fileprivate static func rules(_ change: (inout Rules) -> Void = { _ in }) -> Rules {
    var rules = Rules()
    rules.hold = .zero
    rules.patience = .seconds(3600)
    rules.staleness = .seconds(3600)
    change(&rules)
    return rules
  }

  fileprivate func isShown(_ picture: OpenPicture) async -> Bool {
    guard case .cells(let cells) = await decode(picture, DecoderBench.preview) else { return false }
    return PreviewFormat.decode(cells, fitting: .init(rows: 4, columns: 8))?.size.columns == 8
  }
}

@Suite("A decoder that stays, and what may become of it")
struct DecodeHelperTests {
  let bench: DecoderBench

  init() throws {
    bench = try DecoderBench()
  }

  @Test func onePictureAfterTheOtherComesFromOneProcess() async throws {
    let helper = try DecodeHelper(bench.command(), rules: DecodeHelper.rules())
    #expect(bench.starts.isEmpty)
    let picture = try bench.picture()
    for _ in 0..<5 { #expect(await helper.isShown(picture)) }
    #expect(bench.starts.count == 1)
  }

  @Test func whatIsNoPictureIsRefusedAndTheNextOneShown() async throws {
    let helper = try DecodeHelper(bench.command(), rules: DecodeHelper.rules())
    let text = try bench.picture(Array("no picture at all".utf8), "text")
    let outcome = await helper.decode(text, DecoderBench.preview)
    #expect(
      outcome == .failed("This is not a JPEG, PNG, WebP, GIF, BMP, TIFF or HEIC picture."))
    let picture = try bench.picture()
    #expect(await helper.isShown(picture))
    #expect(bench.starts.count == 1)
  }

  @Test func oneThatIsKilledInItsSleepIsReplacedUnseen() async throws {
    let helper = try DecodeHelper(bench.command(), rules: DecodeHelper.rules())
    let picture = try bench.picture()
    for round in 1...3 {
      #expect(await helper.isShown(picture))
      #expect(bench.starts.count == round)
      let process = try #require(bench.starts.last)
      let watch = try ProcessWatch(process)
      kill(process, SIGKILL)
      _ = try Poll.wait(for: [watch.descriptor], timeout: TerminalSession.patience)
    }
    #expect(await helper.isShown(picture))
  }

  /// What a decoder does with its first picture, and what is said of it.
  static let endings: [(String, String)] = [
    ("\(DecoderBench.taking); kill -9 $$", "signal 9"),
    ("\(DecoderBench.taking); exit 3", "exit status 3"),
    ("exit 4", "exit status 4"),
    // A length of 2 GB, one of nothing, and one that is longer than the cells can be.
    ("\(DecoderBench.taking); printf '\\377\\377\\377\\177' >&0; sleep 1000", "no answer"),
    ("\(DecoderBench.taking); printf '\\000\\000\\000\\000' >&0; sleep 1000", "no answer"),
    ("\(DecoderBench.taking); printf '\\377\\002\\000\\000' >&0; sleep 1000", "no answer"),
    // Of a kind that there is not, and of a generation that was never asked for.
    (
      "\(DecoderBench.taking); printf '\\011\\0\\0\\0\\001\\0\\0\\0\\0\\0\\0\\0\\011' >&0; sleep 1000",
      "no answer"
    ),
    (
      "\(DecoderBench.taking); printf '\\011\\0\\0\\0\\143\\0\\0\\0\\0\\0\\0\\0\\002' >&0; sleep 1000",
      "no answer"
    ),
  ]

  @Test(arguments: endings)
  func thePictureThatSpoilsItIsToldAndTheNextOneIsShown(_ script: String, _ said: String)
    async throws
  {
    let helper = try DecodeHelper(bench.command(first: script), rules: DecodeHelper.rules())
    let picture = try bench.picture()
    let outcome = await helper.decode(picture, DecoderBench.preview)
    if case .failed(let sentence) = outcome {
      #expect(sentence.hasPrefix("The picture cannot be shown: its decoder "))
      #expect(sentence.contains(said))
      #expect(await helper.isShown(picture))
    } else {
      // One that was gone before it had the picture.
      #expect(said == "exit status 4")
    }
    #expect(bench.starts.count == 2)
  }

  @Test func oneThatSpeaksBeforeItIsAskedIsReplaced() async throws {
    let script = "printf '\\011\\0\\0\\0\\001\\0\\0\\0\\0\\0\\0\\0\\002' >&0; sleep 1000"
    let rules = DecodeHelper.rules { $0.hold = .milliseconds(300) }
    let helper = try DecodeHelper(bench.command(first: script), rules: rules)
    let picture = try bench.picture()
    // Where its word came only behind the question, it is an answer without a picture.
    _ = await helper.decode(picture, DecoderBench.preview)
    #expect(await helper.isShown(picture))
  }

  @Test func oneThatIsSilentIsGivenUp() async throws {
    for script in [
      "sleep 1000", "\(DecoderBench.taking); printf '\\040\\0\\0\\0' >&0; sleep 1000",
    ] {
      let bench = try DecoderBench()
      let rules = DecodeHelper.rules { $0.patience = .milliseconds(300) }
      let helper = try DecodeHelper(bench.command(first: script), rules: rules)
      let outcome = await helper.decode(try bench.picture(), DecoderBench.preview)
      #expect(outcome == .failed("The picture cannot be shown: its decoder took too long."))
    }
  }

  @Test func onlyTheNewestIsSent() async throws {
    let rules = DecodeHelper.rules { $0.hold = .seconds(3600) }
    let helper = try DecodeHelper(bench.command(), rules: rules)
    let picture = try bench.picture()
    let first = Task { await helper.decode(picture, DecoderBench.preview) }
    try await bench.wait(for: "start") { bench.starts.count == 1 }
    let second = Task { await helper.decode(picture, DecoderBench.preview) }
    #expect(await first.value == .superseded)
    second.cancel()
    #expect(await second.value == .superseded)
  }

  @Test func oneThatKeepsAnotherWaitingIsReplaced() async throws {
    let taken = bench.directory.path("taken")
    let script = "head -c \(DecodeRequest.byteCount) > '\(taken)'; sleep 1000"
    let rules = DecodeHelper.rules { $0.staleness = .milliseconds(20) }
    let helper = try DecodeHelper(bench.command(first: script), rules: rules)
    let picture = try bench.picture()
    let first = Task { await helper.decode(picture, DecoderBench.preview) }
    try await bench.wait(for: "request") {
      FileManager.default.contents(atPath: taken)?.count == DecodeRequest.byteCount
    }
    #expect(await helper.isShown(picture))
    #expect(await first.value == .superseded)
    #expect(bench.starts.count == 2)
  }

  @Test func oneThatHasHadItsShareIsReplaced() async throws {
    let helper = try DecodeHelper(
      bench.command(), rules: DecodeHelper.rules { $0.share = 2 })
    let picture = try bench.picture()
    for _ in 0..<5 { #expect(await helper.isShown(picture)) }
    #expect(bench.starts.count == 3)
  }

  @Test func oneThatKeepsTooMuchMemoryIsReplaced() async throws {
    let helper = try DecodeHelper(
      bench.command(), rules: DecodeHelper.rules { $0.residentBytes = 1 })
    let picture = try bench.picture()
    for _ in 0..<2 { #expect(await helper.isShown(picture)) }
    try await bench.wait(for: "third") { bench.starts.count == 3 }
  }

  /// 8000x8000 pixels in 54 bytes.
  private static let giant: [UInt8] =
    Array("BM".utf8) + [0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0]
    + [0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 32, 0] + [UInt8](repeating: 0, count: 24)

  @Test func aPictureThatExhaustsItsMemorySpoilsNoOther() async throws {
    let helper = try DecodeHelper(
      bench.command(addressSpace: 240 << 20), rules: DecodeHelper.rules())
    for _ in 0..<2 {
      let outcome = await helper.decode(
        try bench.picture(Self.giant, "giant"), DecoderBench.preview)
      guard case .failed = outcome else { throw TestFailure("\(outcome)") }
      let picture = try bench.picture()
      #expect(await helper.isShown(picture))
    }
  }

  @Test func itEndsWithItsParent() async throws {
    var helper: DecodeHelper? = try DecodeHelper(bench.command(), rules: DecodeHelper.rules())
    let picture = try bench.picture()
    #expect(await helper?.isShown(picture) == true)
    let watch = try ProcessWatch(try #require(bench.starts.last))
    helper = nil
    let outcome = try Poll.wait(for: [watch.descriptor], timeout: TerminalSession.patience)
    #expect(outcome == .ready([watch.descriptor]))
  }
}

@Suite("What front end and decoder say to one another")
struct DecodeWireTests {
  @Test func aRequestIsReadAsItWasWritten() {
    for colors in [SymbolColors.none, .truecolor, .palette16, .palette256] {
      for shapes in [SymbolShapes.quadrants, .sextants] {
        let request = DecodeRequest(
          generation: 0x0102_0304_0506_0708,
          preview: SymbolPreview(columns: 300, rows: 90, colors: colors, shapes: shapes))
        #expect(request.bytes.count == DecodeRequest.byteCount)
        #expect(DecodeRequest(request.bytes) == request)
      }
    }
    #expect(DecodeRequest([]) == nil)
    #expect(DecodeRequest([UInt8](repeating: 255, count: 16)) == nil)
  }

  @Test func repliesAreReadInPiecesOfAnyLength() throws {
    let replies = [
      DecodeReply(generation: 1, content: .cells([1, 2, 3])),
      DecodeReply(generation: 2, content: .dropped),
      DecodeReply(generation: .max, content: .refused("It is none.")),
    ]
    let stream = replies.flatMap(\.bytes)
    for length in 1...stream.count {
      var held: [UInt8] = []
      var read: [DecodeReply] = []
      for start in stride(from: 0, to: stream.count, by: length) {
        held += stream[start..<min(start + length, stream.count)]
        while let reply = try DecodeReply(taking: &held, limit: 3) { read.append(reply) }
      }
      #expect(read == replies && held.isEmpty)
    }
  }

  @Test func aSentenceOfAStrangerDisturbsNothing() throws {
    var bytes = DecodeReply(generation: 1, content: .refused("\u{1B}[2J\u{202E}")).bytes
    #expect(
      try DecodeReply(taking: &bytes, limit: 0)?.content == .refused("␛[2J<202E>"))
    var long = DecodeReply(
      generation: 1, content: .refused(String(repeating: "a", count: 999))
    ).bytes
    #expect(long.count == 13 + DecodeReply.longestSentence)
    #expect(throws: Never.self) { try DecodeReply(taking: &long, limit: 0) }
  }
}
