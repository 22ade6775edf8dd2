import Posix
import TestSupport

@testable import Gallery

/// The implementations that the suite of `PictureIndex` runs for: the file, and an array that shows that there can
/// be others.
enum IndexKind: CaseIterable {
  case file, array

  /// - Parameter body: Given what fills an index, and what reads the same one.
  func withIndex(_ body: (any IndexWriter, any PictureIndex) throws -> Void) throws {
    switch self {
    case .array:
      let index = ArrayIndex()
      try body(index, index)
    case .file:
      try withGallery { layout in
        try FileSystem.createDirectory(layout.root)
        try FileSystem.createDirectory(layout.privateDirectory)
        try body(try GalleryIndex(path: layout.index), GalleryAccess(layout).makeIndex())
      }
    }
  }

  /// - Parameter rows: How many pictures there are at first.
  func withShelf(
    seed: Int = 1, rows: Int = 3000,
    _ body: (inout Shelf, any IndexWriter, any PictureIndex) throws -> Void
  ) throws {
    try withIndex { filled, index in
      var shelf = Shelf(seed: seed)
      try shelf.fill(filled, rows: rows)
      try body(&shelf, filled, index)
    }
  }
}
