import Gallery
import HTTP
import Jobs
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What a reply says it counted decides what is paid, part by part.
@Suite(.timeLimit(.minutes(5))) struct SettlementTests {
  /// A request, what the reply to it says, and what that costs.
  struct Sale: Sendable, CustomTestStringConvertible {
    var model: String
    var size = SizeChoice.keyword("1K")
    var references = 0
    var layers = false
    var layerLimit: Int?
    /// Pixels of each picture of the reply, across and down.
    var pictures: [[Int]] = [[1024, 1024]]
    /// The members of `usage`.
    var usage = ""
    /// Ten-thousandths of a dollar.
    var reserved: Int64
    var cost: Int64
    /// What is at risk beside that, where more was counted than came.
    var atRisk: Int64 = 0

    var testDescription: String {
      "\(model) \(size.description) \(references) \(pictures) \(usage)"
    }
  }

  // Prices: PROTOCOL sections 10 and 16.1; the reply's members: section 6.
  static let sales = [
    // $0.020 up to 1.5K and $0.008 for every reference, the first too.
    Sale(model: "seedream-5.5", reserved: 200, cost: 200),
    Sale(
      model: "seedream-5.5", references: 2, usage: #""generated_images":1,"input_images":2"#,
      reserved: 360, cost: 360),
    Sale(
      model: "seedream-5.5", references: 2, usage: #""generated_images":1,"input_images":1"#,
      reserved: 360, cost: 280),
    Sale(model: "seedream-5.5", references: 2, reserved: 360, cost: 360),
    // $0.035 at 2K and for sizes in pixels, whatever they are.
    Sale(
      model: "seedream-5.5", size: .keyword("2K"), pictures: [[2048, 2048]], reserved: 350,
      cost: 350),
    Sale(model: "seedream-5.5", size: .pixels(width: 1024, height: 1024), reserved: 350, cost: 350),
    Sale(model: "seedream-5.5", size: .keyword("2K"), reserved: 350, cost: 200),
    // The first reference is free and each after it is $0.003.
    Sale(
      model: "seedream-5.0-pro", references: 3, usage: #""generated_images":1,"input_images":3"#,
      reserved: 510, cost: 510),
    Sale(
      model: "seedream-5.0-pro", references: 3, usage: #""generated_images":1,"input_images":1"#,
      reserved: 510, cost: 450),
    Sale(
      model: "seedream-5.0-pro", size: .keyword("2K"), pictures: [[2048, 2048]], reserved: 900,
      cost: 900),
    Sale(
      model: "seedream-5.0-flash", references: 5, usage: #""generated_images":1,"input_images":5"#,
      reserved: 180, cost: 180),
    Sale(model: "seedream-4.5", size: .keyword("2K"), references: 2, reserved: 400, cost: 400),
    // One that never came may have been drawn, as large as it may be.
    Sale(
      model: "seedream-5.0-pro", size: .keyword("2K"), usage: #""generated_images":2"#,
      reserved: 900, cost: 900, atRisk: 900),
    // Layers, each by its own pixels; what the reply has or says, whichever is more.
    Sale(
      model: "seedream-5.0-pro", size: .keyword("auto"), references: 1, layers: true,
      pictures: [[1024, 1024], [300, 300], [400, 200]], usage: #""generated_images":3"#,
      reserved: 17 * 450, cost: 3 * 225),
    Sale(
      model: "seedream-5.0-pro", size: .keyword("auto"), references: 1, layers: true,
      pictures: [[2048, 2048], [300, 300]], usage: #""generated_images":4,"input_images":1"#,
      reserved: 17 * 450, cost: 2 * 450, atRisk: 2 * 450),
    Sale(
      model: "seedream-5.5", size: .keyword("auto"), references: 1, layers: true,
      pictures: [[1024, 1024]], usage: #""generated_images":3,"input_images":1"#,
      reserved: 100 * 350 + 80, cost: 350 + 80, atRisk: 2 * 350),
    Sale(
      model: "seedream-5.5", size: .keyword("auto"), references: 1, layers: true,
      pictures: [[1024, 1024], [300, 300], [400, 200]], usage: #""generated_images":1"#,
      reserved: 100 * 350 + 80, cost: 3 * 200 + 80),
    // A user's own cap is set aside; what comes beyond it is paid.
    Sale(
      model: "seedream-5.5", size: .keyword("auto"), references: 1, layers: true, layerLimit: 1,
      pictures: [[1024, 1024], [300, 300], [400, 200]], usage: #""generated_images":3"#,
      reserved: 2 * 350 + 80, cost: 3 * 200 + 80),
  ]

  @Test(arguments: sales) func whatTheReplyCountsIsPaid(sale: Sale) async throws {
    let (bench, job) = try await run(sale)
    #expect(job.state == (sale.atRisk == 0 ? .done : .unknown(.open)))
    if sale.atRisk > 0 {
      #expect(job.atRisk == Price(currency: "USD", millionths: sale.atRisk * 100))
    }
    #expect(job.reserved == Price(currency: "USD", millionths: sale.reserved * 100))
    #expect(job.cost == Price(currency: "USD", millionths: sale.cost * 100))
    // The journal alone says the same.
    var ledger = Ledger()
    for entry in try JournalContents(bench.layout).entries { ledger.apply(entry) }
    let tally = ledger.tally(of: Timestamp.now().day)
    #expect(tally.spent["USD"] == sale.cost * 100)
    #expect(tally.atRisk["USD"] == sale.atRisk * 100)
    #expect(tally.reserved.isEmpty)
    guard sale.atRisk > 0 else { return }
    // What the provider says it generated is billed, whatever a user does about it.
    let put = try await bench.studio.forget(job.id)
    #expect(put.cost == Price(currency: "USD", millionths: (sale.cost + sale.atRisk) * 100))
  }

  /// Numbers that nobody can have drawn end no service, and are no credit.
  @Test(
    arguments: ["9223372036854775807", "-9223372036854775808", "1e300", "4000000"], [false, true])
  func whateverNumberAReplySays(number: String, layers: Bool) async throws {
    let usage =
      #""generated_images":\#(number),"input_images":\#(number),"output_tokens":\#(number)"#
    let (bench, job) = try await run(
      Sale(
        model: "seedream-5.5", size: .keyword(layers ? "auto" : "1K"), references: 1,
        layers: layers, usage: usage, reserved: 0, cost: 0))
    #expect(job.pictures.count == 1)
    let cost = try #require(job.cost)
    #expect(cost.millionths >= 20_000)
    #expect(try await bench.studio.ledgerStatus().today.total["USD"] >= cost.millionths)
  }

  private func run(_ sale: Sale) async throws -> (Bench, JobStatus) {
    let bodies = try sale.pictures.map { try Self.picture($0[0], $0[1]) }
    let provider = try ScriptedProvider { request, _ in
      guard request.method == "POST" else {
        let place = Int(request.path.dropFirst()) ?? 0
        return .picture(bodies[min(place, bodies.count - 1)])
      }
      let host = request.header("Host") ?? ""
      let data = sale.pictures.enumerated().map { place, size in
        #"{"url":"http://\#(host)/\#(place)","size":"\#(size[0])x\#(size[1])""#
          + (sale.layers ? #","z_index":\#(place)"# : "") + "}"
      }
      let usage = sale.usage.isEmpty ? "" : #","usage":{\#(sale.usage)}"#
      return .json(
        200, #"{"model":"m","created":1,"data":[\#(data.joined(separator: ","))]\#(usage)}"#)
    }
    let bench = try await Bench()
    let request = GenerationRequest(
      model: sale.model, prompt: "fog",
      references: (0..<sale.references).map { .url("https://example.com/\($0).png") },
      size: sale.size, layers: sale.layers, layerLimit: sale.layerLimit)
    var connection = provider.connection
    connection.dialect = "byteplus"
    return (bench, try await bench.run(request, on: connection))
  }

  /// A small JPEG whose header says another size (SOF0: ITU-T T.81, B.2.2).
  private static func picture(_ width: Int, _ height: Int) throws -> [UInt8] {
    var bytes = try jpeg()
    let start = try #require(bytes.firstRange(of: [0xFF, 0xC0])).lowerBound + 5
    for (place, value) in [height >> 8, height & 0xFF, width >> 8, width & 0xFF].enumerated() {
      bytes[start + place] = UInt8(value)
    }
    return bytes
  }
}
