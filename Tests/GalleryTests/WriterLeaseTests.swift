import Gallery
import Posix
import Synchronization
import Testing

/// What holds for every `WriterLease`, whatever it is.
///
/// - Parameters:
///   - acquire: asks for the lease of one gallery.
///   - lose: has what holds the lease vanish and come back, as a disk does.
struct WriterLeaseContract {
  let acquire: () throws(GalleryError) -> any WriterLease
  let lose: () throws -> Void

  func checkOneHasItAtATime() throws {
    let first = try acquire()
    #expect(first.isHeld)
    #expect(galleryError { _ = try acquire() }?.code == .inUse)
    #expect(first.isHeld)
    first.release()
    #expect(!first.isHeld)
    let second = try acquire()
    // Who gave it back cannot take it from the next.
    first.release()
    #expect(second.isHeld)
    #expect(galleryError { _ = try acquire() }?.code == .inUse)
  }

  func checkItGoesWithItsHolder() throws {
    do {
      let lease = try acquire()
      #expect(lease.isHeld)
    }
    #expect(try acquire().isHeld)
  }

  func checkOneThatIsLostIsNotHeld() throws {
    let first = try acquire()
    try lose()
    #expect(!first.isHeld)
    let second = try acquire()
    #expect(second.isHeld && !first.isHeld)
  }
}

/// A lease in memory.
private final class MemoryLease: WriterLease {
  final class Holder: Sendable {
    let number = Mutex<(held: Int?, last: Int)>((nil, 0))
  }

  private let holder: Holder
  private let number: Int

  init(_ holder: Holder) throws(GalleryError) {
    let number: Int? = holder.number.withLock { number in
      guard number.held == nil else { return nil }
      number = (number.last + 1, number.last + 1)
      return number.held
    }
    guard let number else { throw GalleryError(.inUse, "Another one has it.") }
    self.number = number
    self.holder = holder
  }

  deinit { release() }

  var isHeld: Bool { holder.number.withLock { $0.held == number } }
  func release() { holder.number.withLock { if $0.held == number { $0.held = nil } } }
}

@Suite("Who may write") struct WriterLeaseTests {
  /// The implementations that the suite of `WriterLease` runs for.
  enum Kind: CaseIterable {
    case file, memory
  }

  private func check(_ kind: Kind, _ body: (WriterLeaseContract) throws -> Void) throws {
    switch kind {
    case .memory:
      let holder = MemoryLease.Holder()
      try body(
        WriterLeaseContract(
          acquire: { () throws(GalleryError) in try MemoryLease(holder) },
          lose: { holder.number.withLock { $0.held = nil } }))
    case .file:
      try withGallery { layout in
        try FileSystem.createDirectory(layout.privateDirectory)
        let access = GalleryAccess(layout)
        try body(
          WriterLeaseContract(
            acquire: { () throws(GalleryError) in try access.acquireLease() },
            lose: {
              try FileSystem.rename(layout.privateDirectory, to: layout.root + "/away")
              try FileSystem.createDirectory(layout.privateDirectory)
            }))
      }
    }
  }

  @Test(arguments: Kind.allCases) func oneHasItAtATime(kind: Kind) throws {
    try check(kind) { try $0.checkOneHasItAtATime() }
  }

  @Test(arguments: Kind.allCases) func itGoesWithItsHolder(kind: Kind) throws {
    try check(kind) { try $0.checkItGoesWithItsHolder() }
  }

  @Test(arguments: Kind.allCases) func oneThatIsLostIsNotHeld(kind: Kind) throws {
    try check(kind) { try $0.checkOneThatIsLostIsNotHeld() }
  }
}
