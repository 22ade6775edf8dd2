import Gallery
import Posix
import TestSupport
import Testing

@Suite("Where the bytes of a gallery are") struct BlobStoreTests {
  /// The implementations that the suite of `BlobStore` runs for.
  enum Kind: CaseIterable {
    case directory, memory
  }

  private func check(_ kind: Kind, _ body: (BlobStoreContract) throws -> Void) throws {
    switch kind {
    case .memory: try body(BlobStoreContract(store: try MemoryBlobStore()))
    case .directory:
      try withGallery { layout in
        let writer = try GalleryWriter(layout)
        try FileSystem.createDirectory(layout.path(relative: "2026-11-21"))
        let views = FileSystem.parent(of: layout.root) + "/views"
        try body(BlobStoreContract(store: GalleryAccess(layout, thumbnails: views).blobs))
        withExtendedLifetime(writer) {}
      }
    }
  }

  @Test(arguments: Kind.allCases, BlobStoreContract.blobs)
  func whatIsWrittenIsRead(kind: Kind, blob: BlobID) throws {
    try check(kind) { try $0.checkWhatIsWrittenIsRead(blob) }
  }

  @Test(arguments: Kind.allCases, BlobStoreContract.blobs)
  func nobodySeesWhatIsStaged(kind: Kind, blob: BlobID) throws {
    try check(kind) { try $0.checkNobodySeesWhatIsStaged(blob) }
  }

  @Test(
    arguments: Kind.allCases,
    [
      [
        BlobID.picture("2026-11-21/143205-k7f2-1-fog.jpg"),
        .picture("2026-11-21/143205-k7f2-1-fog-2.jpg"),
      ], BlobStoreContract.views,
    ])
  func nothingIsReplacedUnasked(kind: Kind, blobs: [BlobID]) throws {
    try check(kind) { try $0.checkNothingIsReplacedUnasked(blobs[0], blobs[1]) }
  }

  @Test(arguments: Kind.allCases)
  func onlyNamesOfTheGalleryLeadToBytes(kind: Kind) throws {
    try check(kind) { try $0.checkOnlyNamesOfTheGalleryLeadToBytes() }
  }

  @Test(arguments: Kind.allCases) func recordsAreReadThroughIt(kind: Kind) throws {
    try check(kind) { try $0.checkRecords() }
  }

  @Test(arguments: Kind.allCases) func aPictureGoesWithWhatBelongsToIt(kind: Kind) throws {
    try check(kind) { try $0.checkAPictureGoesWithWhatBelongsToIt() }
  }

  @Test func referencesAreTheOwnersAlone() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let blobs = GalleryAccess(layout).blobs
      try blobs.write([1], as: BlobStoreContract.blobs[2])
      let path = try #require(blobs.localPath(of: BlobStoreContract.blobs[2]))
      #expect(try FileInformation(of: path).mode == 0o600)
      #expect(try FileInformation(of: FileSystem.parent(of: path)).mode == 0o700)
      withExtendedLifetime(writer) {}
    }
  }

  @Test func whatIsNoFileIsNotRead() throws {
    try withGallery { layout in
      try FileSystem.createDirectory(layout.path(relative: "2026-11-21/a.jpg"))
      let blobs = GalleryAccess(layout).blobs
      #expect(
        galleryError { _ = try blobs.open(.picture("2026-11-21/a.jpg")) }?.code == .cannotRead)
    }
  }
}
