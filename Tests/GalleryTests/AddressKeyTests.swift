import FoundationEssentials
import Posix
import TestSupport
import Testing

@testable import Gallery

/// The secret that addresses of pictures are signed with.
@Suite struct AddressKeyTests {
  private func gallery() throws -> (TemporaryDirectory, GalleryLayout) {
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("gallery"))
    _ = try GalleryWriter(layout)
    return (directory, layout)
  }

  @Test func allWhoComeAtOnceHaveTheSameKey() async throws {
    let (directory, layout) = try gallery()
    let signatures = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<16 {
        group.addTask { try AddressKey(layout).signature(of: "/files/k7f2-1.jpeg") }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(signatures.count == 1)
    let signature = try #require(signatures.first)
    #expect(try AddressKey(layout).isSignature(signature, of: "/files/k7f2-1.jpeg"))
    #expect(try !AddressKey(layout).isSignature(signature, of: "/files/k7f2-2.jpeg"))
    #expect(try FileInformation(of: layout.addressKey).mode == 0o600)
    withExtendedLifetime(directory) {}
  }

  @Test func anotherGalleryHasAnotherKey() throws {
    let (first, second) = (try gallery(), try gallery())
    let signature = try AddressKey(first.1).signature(of: "a")
    #expect(try !AddressKey(second.1).isSignature(signature, of: "a"))
  }

  @Test func aKeyThatOthersCanReadIsNotUsed() throws {
    let (directory, layout) = try gallery()
    _ = try AddressKey(layout)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: layout.addressKey)
    let error = #expect(throws: GalleryError.self) { try AddressKey(layout) }
    #expect(error?.message.contains("remove it") == true)
    withExtendedLifetime(directory) {}
  }

  @Test func noneIsMadeWhereTheGalleryIsGone() throws {
    let directory = try TemporaryDirectory()
    let layout = GalleryLayout(root: directory.path("gallery"))
    #expect(throws: GalleryError.self) { try AddressKey(layout) }
    #expect(!FileSystem.exists(layout.root))
  }
}
