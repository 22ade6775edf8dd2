import FoundationEssentials
import Hashing

/// The pictures of a gallery with their records, read without the product's code.
struct GalleryFiles {
  struct Record: Decodable {
    struct File: Decodable {
      var name: String
      var bytes: Int
      var sha256: String
      var receivedSHA256: String

      enum CodingKeys: String, CodingKey {
        case name, bytes, sha256
        case receivedSHA256 = "received_sha256"
      }
    }

    struct Request: Decodable { var prompt: String }

    var schema: String
    var id: String
    var job: String
    var file: File
    var request: Request?
  }

  /// By the ids of the pictures.
  private(set) var records: [String: Record] = [:]
  /// What is not as it must be, a sentence each.
  private(set) var faults: [String] = []

  init(of gallery: String) {
    let days = (try? FileManager.default.contentsOfDirectory(atPath: gallery)) ?? []
    for day in days.sorted() where day.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(gallery)/\(day)")) ?? []
      for name in names.sorted() {
        if name.hasSuffix(".jpg") || name.hasSuffix(".png") {
          take("\(gallery)/\(day)/\(name)", name)
        } else if !name.hasPrefix(".pending-"), !names.contains(where: { name == "\($0).json" }) {
          faults.append("\(day)/\(name) belongs to nothing")
        }
      }
    }
  }

  private mutating func take(_ path: String, _ name: String) {
    guard let text = FileManager.default.contents(atPath: path + ".json"),
      let record = try? JSONDecoder().decode(Record.self, from: text)
    else { return faults.append("\(name) has no record") }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      return faults.append("\(name) cannot be read")
    }
    guard record.schema == "darkroom.birth/1", record.file.name == name,
      record.file.bytes == bytes.count,
      record.file.sha256 == SHA256.hexDigest(of: Array(bytes)),
      record.id.hasPrefix(record.job + "-"), record.request != nil
    else { return faults.append("\(name) is not what its record says") }
    guard records.updateValue(record, forKey: record.id) == nil else {
      return faults.append("\(name) is picture \(record.id) once more")
    }
  }
}
