import FoundationEssentials
import Posix
import TestSupport

extension Course {
  /// Jobs that the provider takes and is asked for, with troubles and a service that is killed between.
  mutating func failPolls() throws {
    try send(plan.sends)
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      pause(upTo: 7000)
      isInterrupted = true
      home.killServices()
      _ = try jobs()
    }
  }

  /// Has libraries ask a gateway, which ask again by themselves.
  ///
  /// - Returns: What it came to, where the gateway keeps no record.
  mutating func askThroughGateway() throws -> Judgement? {
    let words = ["serve", "--listen", "127.0.0.1:0"] + (plan.isRecorded ? ["--record"] : [])
    let gateway = try home.start(words, log: "serve.log")
    defer { gateway.kill() }
    let port = try port(of: gateway)
    let clients = plan.sends.map {
      LibraryClient(plan.client, of: $0, port: port, patience: plan.clientPatience)
    }
    pressed(clients.count)
    for client in clients { try client.start() }
    for client in clients { client.wait() }
    guard plan.isRecorded else { return judge(clients) }
    // What a client did not wait for goes on.
    return nil
  }

  private func port(of gateway: Running) throws -> Int {
    let deadline = ContinuousClock.now + TerminalSession.patience
    while true {
      if let match = gateway.said.firstMatch(of: /listens on http:\/\/[^ ]*:(\d+)/),
        let port = Int(match.1)
      {
        return port
      }
      guard ContinuousClock.now < deadline else {
        throw TestFailure("the gateway says: \(gateway.said)")
      }
      wait(.milliseconds(20))
    }
  }

  /// Each prompt is drawn once at most, and who asked has what was handed over whole.
  private func judge(_ clients: [LibraryClient]) -> Judgement {
    var result = Judgement(sends: clients.count)
    let orders = relay.orders
    result.refused = orders.count(where: \.wasRefused)
    for client in clients {
      let taken = orders.filter { $0.asked.prompt == client.send.prompt && !$0.wasRefused }
      result.requests += taken.count
      if taken.count > 1 {
        result.faults.append(
          "\(taken.count) requests of one client reached the provider: \(client)")
      }
      if taken.isEmpty {
        result.unsent += 1
        if client.answer.isSuccess { result.faults.append("nobody drew what has come: \(client)") }
      }
      let handed = taken.filter(\.wasHandedOver).flatMap { Delivery($0.passed).pictures.values }
      let got = Array(Delivery(client.answer.wire).pictures.values)
      result.arrived += handed.count
      result.kept += handed.count { got.contains($0) }
      if handed.contains(where: { !got.contains($0) }) {
        result.faults.append("a picture was handed over and did not come: \(client)")
      }
    }
    return result
  }
}
