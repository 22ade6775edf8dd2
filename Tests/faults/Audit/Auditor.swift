import FoundationEssentials
import Hashing

/// Holds what the provider handed over against what lies in the gallery.
///
/// A picture counts as arrived when
/// - the journal names it: its line is written before anything is fetched;
/// - or somebody asked for its address: nobody can who has not read it;
/// - or, in rounds that let the service live, the provider handed over the whole of the JSON object that
///   holds it. When a service is killed, or a user cancels a request, what lies in the kernel's buffers
///   as the connection ends never reached it, so that this alone would ask for what nobody has seen;
/// - or it is in the gallery.
///
/// An address that had expired before it was given out brought nothing.
struct Auditor {
  let home: Home
  let relay: Relay
  let sandboxPort: Int
  /// Whether the service lived through every reply.
  let servicesLived: Bool
  /// Whether the addresses of the round give nothing.
  let addressesAreDead: Bool
  /// In which states a job may be that was never sent.
  let unsentStates: Set<String>

  private var digests: [String: String] = [:]

  init(
    home: Home, relay: Relay, sandboxPort: Int, servicesLived: Bool, addressesAreDead: Bool,
    unsentStates: Set<String>
  ) {
    self.home = home
    self.relay = relay
    self.sandboxPort = sandboxPort
    self.servicesLived = servicesLived
    self.addressesAreDead = addressesAreDead
    self.unsentStates = unsentStates
  }

  /// - Parameters:
  ///   - sends: How often the user asked.
  ///   - jobs: What the program says of its jobs.
  mutating func judge(sends: Int, jobs: [JobLine]) -> Judgement {
    var result = Judgement(sends: sends)
    let journal = JournalLines(ofGallery: home.gallery)
    let files = GalleryFiles(of: home.gallery)
    result.faults = files.faults
    let orders = relay.orders
    result.refused = orders.count(where: \.wasRefused)
    var taken: [String: Int] = [:]
    var delivered: [String: Delivery.Picture] = [:]
    let fetched = relay.fetched
    var arrived = journal.results
    for order in orders where !order.wasRefused {
      result.requests += 1
      guard let job = journal.jobs[order.clientRequestID] else {
        result.faults.append("request \(order.clientRequestID) is of no job")
        continue
      }
      taken[job, default: 0] += 1
      if let odd = order.odd, odd.pictures.isEmpty {
        result.faults += unread(job, odd, jobs)
      }
      for (number, picture) in order.odd?.pictures ?? Delivery(order.passed).pictures {
        let id = "\(job)-\(number)"
        delivered[id] = picture
        if servicesLived { arrived.insert(id) }
        if case .address(let address) = picture,
          fetched.contains(String(address.prefix { $0 != "?" }))
        {
          arrived.insert(id)
        }
      }
    }
    if addressesAreDead {
      arrived = arrived.filter { id in
        if case .address? = delivered[id] { false } else { true }
      }
    }
    for (id, record) in files.records {
      arrived.insert(id)
      if let picture = delivered[id], digest(of: picture) == record.file.receivedSHA256 {
        result.kept += 1
      } else {
        result.faults.append("picture \(id) is not what the provider drew")
      }
    }
    result.arrived = arrived.count
    result.faults += arrived.subtracting(files.records.keys).sorted().map {
      "picture \($0) arrived and is not in the gallery"
    }
    count(journal, taken, jobs, &result)
    return result
  }

  /// What nobody could read is unknown, and its bytes are kept until it is decided.
  private func unread(_ job: String, _ odd: OddReply, _ jobs: [JobLine]) -> [String] {
    let state = jobs.first { $0.id == job }?.state ?? "forgotten"
    guard state == "unknown" else { return ["job \(job) could not be read and is \(state)"] }
    // One that was sent again is decided.
    guard jobs.first(where: { $0.id == job })?.isUnresolved == true else { return [] }
    let kept = FileManager.default.contents(atPath: "\(home.gallery)/.darkroom/replies/\(job)")
    return kept.map(Array.init) == odd.body
      ? [] : ["job \(job) could not be read, and its answer is not kept"]
  }

  private func count(
    _ journal: JournalLines, _ taken: [String: Int], _ jobs: [JobLine], _ result: inout Judgement
  ) {
    for (job, count) in taken.sorted(by: { $0.key < $1.key }) where count > 1 {
      result.faults.append("job \(job) was sent \(count) times")
    }
    let accepted = Set(journal.prompts.keys)
    if accepted.count > result.sends {
      result.faults.append("\(result.sends) sends became \(accepted.count) jobs")
    }
    // Those that were never accepted: the user was told so.
    result.unsent = max(0, result.sends - accepted.count)
    let states = Dictionary(jobs.map { ($0.id, $0.state) }, uniquingKeysWith: { $1 })
    for job in accepted.sorted() where taken[job] == nil {
      if let state = states[job], unsentStates.contains(state) {
        result.unsent += 1
      } else {
        result.faults.append("job \(job) is \(states[job] ?? "forgotten") and was never sent")
      }
    }
    for job in accepted.sorted() where states[job] == nil {
      result.faults.append("job \(job) is in the journal and not in the queue")
    }
    if result.sends - result.unsent != result.requests {
      result.faults.append(
        "\(result.sends) sends, \(result.unsent) not sent, but \(result.requests) requests")
    }
  }

  private mutating func digest(of picture: Delivery.Picture) -> String? {
    switch picture {
    case .inline(let digest): return digest
    case .address(let address):
      if let known = digests[address] { return known }
      let request = "GET \(address) HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n"
      guard let answer = Relay.ask(sandboxPort, Array(request.utf8)),
        answer.head.starts(with: "HTTP/1.1 200".utf8)
      else { return nil }
      let digest = SHA256.hexDigest(of: answer.body)
      digests[address] = digest
      return digest
    }
  }
}

/// A line of `darkroom jobs --json`, as far as the rounds look at it.
struct JobLine: Decodable {
  var id: String
  var state: String
  var isUnresolved: Bool?

  static func all(in output: String) -> [JobLine] {
    output.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(JobLine.self, from: Data($0.utf8))
    }
  }

  var isOver: Bool {
    !["queued", "sending", "running", "downloading"].contains(state)
  }
}
