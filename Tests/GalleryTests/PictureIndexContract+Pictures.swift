import Gallery
import Paging
import Posix
import TestSupport
import Testing

// Search, counts, pictures by their ids, lineage and the trash.
extension PictureIndexContract {
  func checkSearch(words: String) throws {
    let all = shelf.pictures.sorted { $0.position > $1.position }
      .filter { $0.prompt.contains(words) }
    #expect(try index.count(matching: words) == all.count)
    #expect(try index.search(words, limit: all.count + 1) == all)
    let rows = shelf.rows(matching: words).map(\.picture)
    #expect(
      try index.search(words, limit: 70, before: nil, isFolded: true) == Array(rows.prefix(70)))
    var found: [PictureRecord] = []
    var page = try index.search(words, limit: 64)
    while let last = page.last {
      found += page
      page = try index.search(words, limit: 64, before: last.position)
    }
    #expect(found == all)
  }

  /// - Parameter count: Of so many pictures.
  func checkPictures(_ count: Int, seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<count {
      guard let picture = shelf.pictures.randomElement(using: &random) else { return }
      #expect(try index.picture(picture.id.description) == picture)
      #expect(try index.pictureAnywhere(picture.id.description) == picture)
      let set = shelf.pictures.filter { $0.id.job == picture.id.job }
        .sorted { $0.position < $1.position }
      #expect(try index.pictures(of: picture.id.job) == set)
      let layers = set.filter { $0.layer != nil }
        .sorted { ($0.layer ?? 0, $0.position) < ($1.layer ?? 0, $1.position) }
      #expect(try index.layers(of: picture.id.job) == layers)
      let isLowest = layers.first?.id == picture.id
      #expect(try index.set(of: picture) == (isLowest ? layers : [picture]))
      let beginning = String(picture.id.description.prefix(Int.random(in: 2...7, using: &random)))
      check(beginning, in: shelf.pictures.map(\.id)) { try index.picture($0).id }
    }
    #expect(galleryError { _ = try index.picture("zzzz") }?.code == .notFound)
  }

  func checkLineage() throws {
    let parents = Set((shelf.pictures + shelf.trash.map(\.picture)).flatMap(\.parents))
    #expect(!parents.isEmpty)
    for parent in parents {
      let children = shelf.pictures.sorted { $0.position < $1.position }.flatMap { picture in
        picture.parentEdges.filter { $0.id == parent }.sorted {
          $0.kind.rawValue < $1.kind.rawValue
        }
        .map { ChildPicture(picture, $0.kind) }
      }
      let found = try index.children(of: parent)
      #expect(found == children)
      for child in found {
        let edges = try index.parents(of: child.picture.id)
        #expect(edges == child.picture.parentEdges)
        #expect(edges.contains(ParentEdge(parent, child.kind)))
      }
    }
    for trashed in shelf.trash.map(\.picture) {
      #expect(try index.parents(of: trashed.id) == trashed.parentEdges)
    }
    let experiments = Set(shelf.pictures.compactMap(\.experiment))
    #expect(!experiments.isEmpty)
    for experiment in experiments {
      let pictures = shelf.pictures.filter { $0.experiment == experiment }
        .sorted { $0.position < $1.position }
      #expect(try index.pictures(of: experiment) == pictures)
    }
    #expect(try index.pictures(of: ExperimentID("none")).isEmpty)
  }

  func checkTrash() throws {
    #expect(try index.trashedPictures() == shelf.trash)
    for trashed in shelf.trash {
      #expect(try index.trashedPicture(trashed.picture.id.description) == trashed)
      #expect(try index.pictureAnywhere(trashed.picture.id.description) == trashed.picture)
      #expect(try index.trashedSet(of: trashed) == [trashed])
      let beginning = String(trashed.picture.id.description.prefix(6))
      check(beginning, in: shelf.trash.map(\.picture.id)) {
        try index.trashedPicture($0).picture.id
      }
    }
  }

  /// The only picture whose id begins so is meant.
  private func check(
    _ beginning: String, in ids: [PictureID], _ ask: (String) throws -> PictureID
  ) {
    let fitting = ids.filter { $0.description.hasPrefix(beginning) }
      .sorted { $0.description < $1.description }
    var found: PictureID?
    let error = galleryError { found = try ask(beginning) }
    switch fitting.count {
    case 0: #expect(error?.code == .notFound)
    case 1: #expect(found == fitting[0])
    default: #expect(error?.code == .ambiguous(Array(fitting.prefix(8))))
    }
  }
}
