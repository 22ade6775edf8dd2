import Posix
import TestSupport
import Testing

@Suite(.serialized) struct DetachedProcessTests {
  @Test func aDetachedProgramHasItsOwnSessionAndNoParentHere() throws {
    let directory = try TemporaryDirectory()
    let answer = directory.path("answer")
    let done = try Pipe()
    var command = ProcessSpec(
      "/bin/sh",
      [
        "-c",
        #"read stat < /proc/$$/stat; echo "$stat" > "$0"; pwd >> "$0"; echo error >&2; echo x > /proc/self/fd/"$1""#,
        answer, "\(done.writingEnd.number)",
      ])
    command.keptDescriptors = [done.writingEnd.number]
    let log = directory.path("log")
    let process = try command.spawnDetached(log: log)
    #expect(try done.answer() == Array("x\n".utf8))
    let lines = String(decoding: try FileSystem.read(answer, limit: 1000), as: UTF8.self)
      .split(separator: "\n")
    // proc(5): pid, (name), state, ppid, pgrp, session, tty_nr.
    let fields = try #require(lines.first).split(separator: " ")
    try #require(fields.count > 6)
    #expect(fields[0] == "\(process)")
    #expect(fields[3] != "\(ThisProcess.identifier)")
    #expect(fields[5] != fields[0], "a session leader could take a terminal")
    #expect(fields[6] == "0", "it has no terminal")
    #expect(lines.last == "/")
    #expect(try FileSystem.read(log, limit: 100) == Array("error\n".utf8))
    #expect(try FileInformation(of: log).mode == 0o600)
  }

  @Test func aMissingProgramIsToldAtOnce() {
    let error = #expect(throws: PosixError.self) {
      try ProcessSpec("/no/such/service").spawnDetached()
    }
    #expect(error?.code == PosixError.doesNotExist)
  }
}
