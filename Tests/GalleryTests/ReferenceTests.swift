import Gallery
import Imaging
import Posix
import Seedream
import Testing

@Suite struct ReferenceTests {
  @Test func theSameBytesAreKeptOnce() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let first = try writer.storeReference(jpeg(), origin: "/a.jpg")
      let second = try writer.storeReference(jpeg(), origin: "k7f2-1")
      #expect(first.sha256 == second.sha256)
      #expect((first.origin, second.origin) == ("/a.jpg", "k7f2-1"))
      #expect(first.format == .jpeg)
      let path = try #require(layout.reference(sha256: first.sha256))
      #expect(try names(FileSystem.parent(of: path)) == [first.sha256])
      #expect(try bytes(path) == jpeg())
      #expect(try bytes(#require(layout.reference(sha256: second.sha256))) == jpeg())
      #expect(first.byteCount == (try jpeg()).count)
    }
  }

  @Test func aWriterKeepsThemInTheStoreThatItIsGiven() throws {
    try withGallery { layout in
      let files = GalleryAccess(layout)
      let store = try MemoryBlobStore()
      let writer = try GalleryWriter(
        layout,
        access: GalleryAccess(
          makeIndex: files.makeIndex, openIndex: files.openIndex, blobs: store,
          acquireLease: files.acquireLease))
      let reference = try writer.storeReference(jpeg(), origin: "/a.jpg")
      let blob = BlobID.reference(sha256: reference.sha256)
      #expect(try store.read(blob, limit: 1 << 20) == jpeg())
      #expect(galleryError { _ = try files.blobs.open(blob) }?.code == .notFound)
      #expect(galleryError { _ = try files.acquireLease() }?.code == .inUse)
    }
  }

  @Test func aDamagedCopyIsMended() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let reference = try writer.storeReference(jpeg(), origin: "/a.jpg")
      let path = try #require(layout.reference(sha256: reference.sha256))
      try DurableFile.write([1, 2], to: path, replacing: true)
      _ = try writer.storeReference(jpeg(), origin: "/a.jpg")
      #expect(try bytes(path) == jpeg())
    }
  }

  @Test func aFileIsReadByItsBytesNotItsName() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      let path = layout.root + "/looks-like.txt"
      try DurableFile.write(ImageEncoder.png(pattern()), to: path)
      let reference = try writer.storeReference(file: path)
      #expect(reference.format == .png)
      #expect(reference.origin == path)
    }
  }

  @Test func whatCannotBeAReferenceGetsASentence() throws {
    try withGallery { layout in
      let writer = try GalleryWriter(layout)
      func refused(_ bytes: [UInt8], _ limits: ReferenceLimits = ReferenceLimits()) -> GalleryError?
      {
        galleryError { _ = try writer.storeReference(bytes, origin: "/in/a.jpg", limits: limits) }
      }
      let picture = try jpeg()
      #expect(refused([])?.message == "/in/a.jpg is empty.")
      #expect(refused(Array("hello".utf8))?.code == .notAPicture)
      #expect(refused(Array(picture.dropLast(64)))?.message == "The end of /in/a.jpg is missing.")
      #expect(refused(picture, ReferenceLimits(maximumBytes: 100))?.code == .tooLarge)
      #expect(
        refused(picture, ReferenceLimits(maximumPixels: 1000))?.message
          == "/in/a.jpg is 48x32; 1000 pixels are allowed.")
      #expect(
        refused(picture, ReferenceLimits(minimumSide: 33))?.message
          == "/in/a.jpg is 48x32; each side needs 33 pixels.")
      let missing = galleryError { _ = try writer.storeReference(file: layout.root + "/no.png") }
      #expect(missing?.code == .cannotRead)
      #expect(missing?.message.contains("no such file") == true)
      let directory = galleryError { _ = try writer.storeReference(file: layout.root) }
      #expect(directory?.code == .cannotRead)
      #expect(!FileSystem.exists(layout.referencesDirectory))
    }
  }
}
