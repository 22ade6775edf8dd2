import Posix
import TestSupport
import Testing

@Suite struct RotatingLogTests {
  private func text(_ path: String) throws -> String {
    String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
  }

  @Test func aLineHasItsTimeItsProcessAndNothingThatIsObeyed() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("x.log")
    let log = try RotatingLog(path: path)
    log.write("one\u{1B}[2J\ntwo", at: "12:00")
    let written = try text(path)
    #expect(written.hasPrefix("12:00 [\(ThisProcess.identifier)] one"))
    #expect(written.filter { $0 == "\n" }.count == 1 && !written.contains("\u{1B}"))
    #expect(try FileInformation(of: path).mode == 0o600)
  }

  @Test func aFullFileIsPutAsideAndTheOldestGoes() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("x.log")
    let log = try RotatingLog(path: path, maximumBytes: 200, olderFiles: 2)
    for number in 100..<160 { log.write("line \(number)", at: "12:00") }
    let files = [path + ".2", path + ".1", path]
    let lines = try files.flatMap { try text($0).split(separator: "\n").map(String.init) }
    let numbers = lines.compactMap { Int($0.suffix(3)) }
    #expect(numbers == Array((160 - numbers.count)..<160))
    for file in files {
      let information = try FileInformation(of: file)
      #expect(information.size <= 400 && information.mode == 0o600)
    }
    #expect(!FileSystem.exists(path + ".3"))
  }

  /// Two services may share the state directory.
  @Test func twoWritersLoseNothing() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("x.log")
    let logs = try (0..<2).map { _ in
      try RotatingLog(path: path, maximumBytes: 400, olderFiles: 99)
    }
    for number in 100..<300 { logs[number % 2].write("line \(number)", at: "12:00") }
    let names = try DirectoryListing(of: directory.path("")).entries.map(\.name)
      .filter { $0.hasPrefix("x.log") && !$0.hasSuffix("lock") }
    let numbers = try names.flatMap { name in
      try text(directory.path(name)).split(separator: "\n").compactMap { Int($0.suffix(3)) }
    }
    #expect(numbers.sorted() == Array(100..<300))
    #expect(names.count > 10)
  }

  @Test func aLogOfAnOlderProgramBecomesPrivate() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("x.log")
    try DurableFile.write([], to: path, mode: 0o644)
    _ = try RotatingLog(path: path)
    #expect(try FileInformation(of: path).mode == 0o600)
  }
}
