import Seedream
import Testing

@Suite struct CatalogueTests {
  let catalogue = ModelCatalogue.builtIn

  @Test(arguments: [
    ("doubao-seedream-4-5-251128", "Seedream 4.5"),
    ("SEEDREAM-4-5-251128", "Seedream 4.5"),
    ("4.5", "Seedream 4.5"),
    ("seedream-4-0-250828", "Seedream 4.0"),
    ("seedream-5-0-260128", "Seedream 5.0 lite"),
    ("seedream-5-0-lite-260128", "Seedream 5.0 lite"),
    ("doubao-seedream-5.0-lite", "Seedream 5.0 lite"),
    ("dola-seedream-5-0-pro-260628", "Seedream 5.0 pro"),
    ("doubao-seedream-5.0-pro", "Seedream 5.0 pro"),
    ("flash", "Seedream 5.0 flash"), ("5.5", "Seedream 5.5"),
    ("seedream-3-0-t2i-250415", "Seedream 3.0"),
    ("doubao-seededit-3-0-i2i-250628", "SeedEdit 3.0"),
  ])
  func findsAModelByEveryName(typed: String, name: String) {
    #expect(catalogue.model(named: typed)?.name == name)
  }

  @Test func endpointsHideTheirModel() {
    #expect(catalogue.model(named: "ep-20250911111250-zd7zw") == nil)
    #expect(ModelCatalogue.isEndpoint("ep-20250911111250-zd7zw"))
    #expect(!ModelCatalogue.isEndpoint("seedream-4.5"))
    #expect(catalogue.model(of: .seedream45)?.name == "Seedream 4.5")
  }

  @Test func noNameMeansTwoModels() {
    var seen: [String: String] = [:]
    for model in catalogue.models {
      for name in Set(model.names.map { $0.lowercased() }) {
        #expect(seen.updateValue(model.name, forKey: name) == nil, "\(name) is taken twice")
      }
    }
  }

  @Test func anIdOfOneSiteNeverReachesTheOther() {
    for model in catalogue.models {
      for name in model.names {
        #expect(!model.id(for: .byteplus, named: name).hasPrefix("doubao"))
        let id = model.id(for: .volcengine, named: name)
        #expect(id.hasPrefix("doubao") || id.isEmpty && model.volcengine.id.isEmpty)
      }
    }
  }

  @Test func spellingsOfTheSameSiteAreKept() throws {
    let lite = try #require(catalogue.model(named: "5.0"))
    #expect(
      lite.id(for: .byteplus, named: "seedream-5-0-lite-260128") == "seedream-5-0-lite-260128")
    #expect(lite.id(for: .byteplus, named: "doubao-seedream-5.0-lite") == "seedream-5-0-260128")
    #expect(
      lite.id(for: .volcengine, named: "doubao-seedream-5.0-lite") == "doubao-seedream-5.0-lite")
  }

  @Test(arguments: [
    ("seedream-4.6", "seedream-4.5"), ("sedream-4-0", "seedream-4-0"),
    ("seededti", "seededit"), ("seedream-5-0-260129", "seedream-5-0-260128"),
  ])
  func suggestsTheNearestName(typed: String, name: String) {
    #expect(catalogue.nearestNames(to: typed).contains(name))
  }

  @Test func suggestsNothingForNoise() {
    #expect(catalogue.nearestNames(to: "zzzzzzzzzzzzzzzzzzzzzzzzzz") == [])
    #expect(catalogue.nearestNames(to: String(repeating: "x", count: 100_000)) == [])
  }

  @Test func everyRecommendedSizeIsLegalForItsModel() {
    for model in catalogue.models {
      for tier in model.sizes.tiers {
        for entry in tier.entries {
          #expect(
            model.sizes.allows(entry.size), "\(model.name) \(tier.keyword) \(entry.ratio)")
        }
      }
    }
  }

  @Test func everyRecommendedSizeHasTheShapeItSays() throws {
    for tier in catalogue.models.flatMap(\.sizes.tiers) {
      for entry in tier.entries {
        let sides = entry.ratio.split(separator: ":").compactMap { Double($0) }
        try #require(sides.count == 2)
        let error = entry.size.aspect / (sides[0] / sides[1])
        #expect(error > 0.96 && error < 1.04, "\(tier.keyword) \(entry.ratio) \(entry.size)")
      }
    }
  }

  @Test func theStandardSizeIsOffered() {
    for model in catalogue.models {
      switch model.sizes.standard {
      case .keyword(let word): #expect(model.sizes.tier(word) != nil)
      case .pixels(let width, let height):
        #expect(model.sizes.allows(PixelSize(width, height)))
      }
    }
  }
}
