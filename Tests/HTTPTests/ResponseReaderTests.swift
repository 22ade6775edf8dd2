import Testing

@testable import HTTP

/// An answer read out of the bytes of its connection, whatever the pieces they come in.
@Suite struct ResponseReaderTests {
  /// What was read, and how it ended.
  private struct Reading: Equatable {
    var heads: [HTTPResponseHead] = []
    var body: [UInt8] = []
    var isAtEnd = false
    var fault: ResponseReader.Fault?
    var unread: [UInt8] = []
  }

  /// - Parameter cuts: Where one piece ends and the next begins.
  private func read(_ text: String, method: String = "GET", cuts: [Int] = []) -> Reading {
    let bytes = Array(text.utf8)
    var reader = ResponseReader(method: method)
    var reading = Reading()
    let ends = cuts + [bytes.count]
    var start = 0
    for end in ends {
      var piece = bytes[start..<end]
      start = end
      do {
        while let event = try reader.next(&piece) {
          switch event {
          case .head(let head): reading.heads.append(head)
          case .body(let bytes): reading.body += bytes
          }
        }
      } catch {
        reading.fault = error
        return reading
      }
      reading.unread += piece
    }
    reading.isAtEnd = reader.isAtEnd
    return reading
  }

  private static let counted = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello"
  private static let chunked =
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
    + "3;a=b\r\nhel\r\n0002 \r\nlo\r\n0\r\nTrailer: x\r\n\r\n"

  @Test(arguments: [counted, chunked]) func anyPiecesAreTheSameAnswer(_ text: String) {
    let whole = read(text)
    #expect(whole.isAtEnd)
    #expect(whole.body == Array("hello".utf8))
    #expect(whole.heads.count == 1)
    let count = text.utf8.count
    for cut in 0...count { #expect(read(text, cuts: [cut]) == whole, "cut at \(cut)") }
    #expect(read(text, cuts: Array(0...count)) == whole)
  }

  @Test(arguments: [counted, chunked]) func oneThatIsTornAnywhereHasNoEnd(_ text: String) {
    for length in 0..<text.utf8.count {
      let reading = read(String(decoding: text.utf8.prefix(length), as: UTF8.self))
      #expect(!reading.isAtEnd, "torn at \(length)")
      #expect(reading.fault == nil)
    }
  }

  @Test func answersWithoutABody() {
    for (head, method) in [
      ("HTTP/1.1 204 No Content\r\n\r\n", "POST"),
      ("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", "GET"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", "HEAD"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "GET"),
      ("HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\n\n0\n\n", "GET"),
    ] {
      let reading = read(head + "more", method: method)
      #expect(reading.isAtEnd, "\(head)")
      #expect(reading.body.isEmpty)
      #expect(reading.unread == Array("more".utf8))
    }
  }

  @Test(arguments: [
    // Whose end nobody could know.
    "HTTP/1.1 200 OK\r\n\r\nhello",
    // One answer that looks like two.
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    // Lengths that are none.
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    // A chunk that is longer than it says.
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n",
    // Not HTTP.
    "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
  ])
  func whatIsNoAnswerIsRefused(_ text: String) {
    let reading = read(text)
    #expect(reading.fault != nil)
    #expect(reading == read(text, cuts: Array(0...text.utf8.count)))
  }

  @Test func nothingGrowsWithoutEnd() {
    let long = String(repeating: "x", count: 1 << 20)
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for text in [
      long, "HTTP/1.1 200 OK\r\n\(long)", head + "1;\(long)", head + "0\r\n\(long)",
      head + "0\r\n" + String(repeating: "a: b\r\n", count: 1 << 16),
      "HTTP/1.1 200 OK\r\n" + String(repeating: "a: b\r\n", count: 1 << 16),
    ] {
      #expect(read(text).fault == .tooLarge)
    }
  }
}
