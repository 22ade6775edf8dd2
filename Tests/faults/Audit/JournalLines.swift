import FoundationEssentials

/// The journal of a gallery, read without the product's code. A line that is cut short is left out.
struct JournalLines {
  private struct Line: Decodable {
    struct Request: Decodable { var prompt: String? }

    var job: String
    var event: String
    var number: Int?
    var clientRequestID: String?
    var request: Request?

    enum CodingKeys: String, CodingKey {
      case job, event, number, request
      case clientRequestID = "client_request_id"
    }
  }

  /// The client's names for the requests, and whose they are.
  private(set) var jobs: [String: String] = [:]
  /// The prompts of all jobs that were accepted.
  private(set) var prompts: [String: String] = [:]
  /// Pictures whose address or bytes the journal names, as `k7f2-1`.
  private(set) var results: Set<String> = []

  init(ofGallery gallery: String) {
    let folder = gallery + "/.darkroom/journal"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      for text in data.split(separator: 0x0A) {
        guard let line = try? JSONDecoder().decode(Line.self, from: text) else { continue }
        take(line)
      }
    }
  }

  private mutating func take(_ line: Line) {
    switch line.event {
    case "intent", "edited":
      if let id = line.clientRequestID { jobs[id] = line.job }
      prompts[line.job] = line.request?.prompt ?? ""
    case "result":
      if let number = line.number { results.insert("\(line.job)-\(number)") }
    default: break
    }
  }
}
