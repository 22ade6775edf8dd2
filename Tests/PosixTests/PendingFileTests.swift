import Glibc
import Posix
import TestSupport
import Testing

/// Files that appear whole, under a name nobody had.
@Suite struct PendingFileTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func names() throws -> [String] {
    try DirectoryListing(of: directory.path).entries.map(\.name)
  }

  private func text(of name: String) throws -> String {
    String(decoding: try FileSystem.read(directory.path(name), limit: 1000), as: UTF8.self)
  }

  @Test func nothingIsThereUnderItsNameBeforeCommit() throws {
    var file = try PendingFile(in: directory.path)
    try file.write(Array("half".utf8))
    #expect(try names().allSatisfy(PendingFile.isLeftover))
    try file.write(Array(" and half".utf8))
    try file.commit(as: "picture.jpg")
    #expect(try names() == ["picture.jpg"])
    #expect(try text(of: "picture.jpg") == "half and half")
    #expect(file.byteCount == 13)
  }

  @Test func whatCanBeHadAgainTakesAPlaceWithoutWaitingForTheDisk() throws {
    for text in ["first", "second"] {
      var file = try PendingFile(in: directory.path, mode: 0o600)
      try file.write(Array(text.utf8))
      try file.commitUnsaved(as: "a")
      let isPublished = file.isPublished
      #expect(isPublished)
      #expect(throws: PosixError.self) { try file.commitUnsaved(as: "b") }
    }
    #expect(try names() == ["a"])
    #expect(try text(of: "a") == "second")
    #expect(try FileInformation(of: directory.path("a")).mode == 0o600)
  }

  @Test func anUncommittedFileLeavesNothingBehind() throws {
    do {
      var file = try PendingFile(in: directory.path)
      try file.write([1, 2, 3])
    }
    #expect(try names() == [])
  }

  @Test func aCommitNeverOverwritesAndAnotherNameCanBeTried() throws {
    try DurableFile.write(Array("first".utf8), to: directory.path("a"))
    var file = try PendingFile(in: directory.path)
    try file.write(Array("second".utf8))
    let error = #expect(throws: PosixError.self) { try file.commit(as: "a") }
    #expect(error?.code == PosixError.alreadyExists)
    #expect(try text(of: "a") == "first")
    try file.commit(as: "b")
    #expect(try text(of: "b") == "second")
    #expect(try names() == ["a", "b"])
  }

  @Test func replacingIsAskedFor() throws {
    let path = directory.path("note")
    try DurableFile.write(Array("old".utf8), to: path)
    #expect(throws: PosixError.self) { try DurableFile.write(Array("new".utf8), to: path) }
    #expect(try text(of: "note") == "old")
    try DurableFile.write(Array("new".utf8), to: path, replacing: true)
    #expect(try text(of: "note") == "new")
    #expect(try names() == ["note"])
  }

  @Test(arguments: ["", "a/b", "../a", "a\0b"])
  func aNameThatIsAPathIsRefused(_ name: String) throws {
    var file = try PendingFile(in: directory.path)
    #expect(throws: PosixError.self) { try file.commit(as: name) }
  }

  @Test func theModeIsTheOneAskedFor() throws {
    try DurableFile.write([], to: directory.path("secret"), mode: 0o600)
    #expect(try FileInformation(of: directory.path("secret")).mode == 0o600)
  }

  /// In a process of its own, because the limit on descriptors is that of a process.
  @Test func aFileThatHasItsNameIsNotPendingEvenIfTheNameCouldNotBeSaved() async {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      do {
        var file = try PendingFile(in: directory.path)
        try file.write([1, 2, 3])
        #expect((file.isPublished) == false)
        try withoutFreeDescriptors {
          // Renaming needs no descriptor, looking at the directory does.
          #expect(throws: PosixError.self) { try file.commit(as: "a") }
        }
        #expect((file.isPublished) == true)
        #expect(throws: PosixError.self) { try file.commit(as: "b") }
        try file.commit(as: "a")
      }
      #expect(try DirectoryListing(of: directory.path).entries.map(\.name) == ["a"])
    }
  }

  @Test func aFileThatStaysBehindCanBeTakenUpAgain() throws {
    var left = ""
    do {
      var file = try PendingFile(in: directory.path)
      try file.write(Array("half".utf8))
      file.staysBehind = true
      left = file.temporaryPath
    }
    #expect(try FileSystem.read(left, limit: 9) == Array("half".utf8))
    do {
      let file = try PendingFile(resuming: left, in: directory.path)
      #expect(file.byteCount == 4)
    }
    var file = try PendingFile(resuming: left, in: directory.path)
    try file.write(Array(" and half".utf8))
    #expect(file.byteCount == 13)
    try file.commit(as: "whole")
    #expect(try names() == ["whole"])
    #expect(try text(of: "whole") == "half and half")
  }

  @Test func aFileThatIsMovedIsStillPendingAndStays() throws {
    try FileSystem.createDirectory(directory.path("aside"))
    do {
      var file = try PendingFile(in: directory.path)
      try file.write(Array("bytes".utf8))
      try file.move(to: directory.path("aside/kept"))
      #expect(file.temporaryPath == directory.path("aside/kept"))
      #expect((file.isPublished) == false)
    }
    #expect(try names() == ["aside"])
    #expect(try text(of: "aside/kept") == "bytes")
    var file = try PendingFile(resuming: directory.path("aside/kept"), in: directory.path)
    try file.commit(as: "picture")
    #expect(try names() == ["aside", "picture"])
    #expect(try DirectoryListing(of: directory.path("aside")).entries == [])
  }

  @Test func onlyAFileCanBeTakenUp() throws {
    try FileSystem.createDirectory(directory.path("aside"))
    for path in ["aside", "missing"] {
      #expect(throws: PosixError.self) {
        _ = try PendingFile(resuming: directory.path(path), in: directory.path)
      }
    }
    #expect(try names() == ["aside"])
  }
}

/// Runs the body while this process can open nothing more.
private func withoutFreeDescriptors(_ body: () throws -> Void) throws {
  var limits = rlimit()
  let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  try #require(unsafe getrlimit(resource, &limits) == 0)
  var none = rlimit(rlim_cur: 0, rlim_max: limits.rlim_max)
  try #require(unsafe setrlimit(resource, &none) == 0)
  defer { unsafe setrlimit(resource, &limits) }
  try body()
}
