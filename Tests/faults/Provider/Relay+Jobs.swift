import FoundationEssentials
import Posix
import Synchronization
import TestSupport

/// A provider that takes a request as a job and is asked for its pictures.
extension Relay {
  /// Takes the request, and draws what it asks for unless the job is to fail.
  func accept(_ number: Int, from client: RawConnection) {
    client.send(Self.reply(200, #"{"job_set_id":"job-\#(number)","status":"queued"}"#))
    client.endSending()
    if manners.polls.contains(.failed) { return draw(number, 0) }
    let order = state.withLock { $0.orders[number] }
    let faults = manners.sandboxFaults
    let more = faults.isEmpty ? "" : "\r\nX-Sandbox-Fault: " + faults.joined(separator: ",")
    let request = order.asked.request(host: "127.0.0.1:\(port)", more)
    guard let answer = Self.ask(sandboxPort, request) else { return }
    let drawn = Delivery(answer.head + answer.body)
    let results = drawn.pictures.sorted { $0.key < $1.key }.compactMap { _, picture in
      if case .address(let path) = picture {
        #"{"url":"http://127.0.0.1:\#(port)\#(path)"}"#
      } else {
        nil
      }
    }
    let body =
      #"{"status":"completed","job_set_id":"job-\#(number)","results":[\#(results.joined(separator: ","))]}"#
    state.withLock { state in
      state.orders[number].ready = Array(Self.reply(200, body).utf8)
      state.orders[number].generated = drawn.generated
    }
  }

  /// One question for a job.
  func answerPoll(_ body: [UInt8], to client: RawConnection) {
    let text = String(decoding: body, as: UTF8.self)
    guard let match = text.firstMatch(of: /"job_set_id":"job-(\d+)"/), let number = Int(match.1)
    else { return client.send(Self.reply(404, #"{"error":"no such job"}"#)) }
    let asked = state.withLock { state in
      state.orders[number].polls += 1
      return state.orders[number].polls - 1
    }
    let name = #""job_set_id":"job-\#(number)""#
    switch asked < manners.polls.count ? manners.polls[asked] : nil {
    case nil: answerWell(number, to: client)
    case .pending: client.send(Self.reply(200, #"{"status":"processing",\#(name)}"#))
    case .said(let status, let words): client.send(Self.reply(status, words))
    case .cut:
      client.send(
        "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"status\":\"completed\",\(name),")
    case .reset: client.reset()
    case .hung(let duration): Self.pause(duration)
    case .refused(let duration):
      client.send(Self.reply(200, #"{"status":"processing",\#(name)}"#))
      client.endSending()
      rest(duration)
    case .failed:
      client.send(
        Self.reply(200, #"{"status":"failed",\#(name),"message":"the model ran out of memory"}"#))
    }
  }

  /// Hands over the pictures, drawn once however often it is asked.
  private func answerWell(_ number: Int, to client: RawConnection) {
    let wire = state.withLock { state in
      // Before it is sent: what a client has can never be more than what is written down.
      state.orders[number].passed = state.orders[number].ready
      return state.orders[number].ready
    }
    guard wire.isEmpty else {
      client.send(wire)
      return
    }
    client.send(Self.reply(200, #"{"status":"processing","job_set_id":"job-\#(number)"}"#))
  }
}
