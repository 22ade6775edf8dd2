internal import Posix
package import Seedream
internal import YAML

/// `models.yaml` beside the configuration file: what is different about known models, and new ones.
///
/// The file maps a model's family, or another name of a known model, to what is to change. What is not
/// named stays as it is. The order counts: `like` finds the models above.
///
/// ```yaml
/// seedream-4.5:
///   byteplus: [seedream-4-5-270101, seedream-4-5-251128]   # the first is sent
///   prices:
///     USD: {date: 2027-01-01, per_picture: 0.04}
/// seedream-6.0:
///   like: seedream-5.0-lite
///   name: Seedream 6.0
///   aliases: "6"
///   byteplus: dola-seedream-6-0-270101
/// ```
///
/// | key | value |
/// | --- | --- |
/// | `like` | for a new model: the family it starts from |
/// | `name`, `aliases` | for people; short names, one or a list |
/// | `volcengine`, `byteplus` | ids on a site, one or a list, the first is sent; `[]`: not offered there |
/// | `lifecycle` | `current`, `retiring` or `shut_down` |
/// | `life` | by `volcengine`, `byteplus`, `byteplus-eu`: `first` day, `last` day or minute, `successor`, `source`, `certainty` (`established`, `reported`) |
/// | `sizes` | keywords, a list; or with a table: `2K: {"1:1": 2048x2048}`. No table: the known one |
/// | `pixels` | of an exact size: `921600-16777216`, or the most only |
/// | `longest_aspect` | longest side over shortest: `16` |
/// | `standard_size` | asked for by default: `2K` or `2048x2048` |
/// | `references` | `1-10`, or the most only |
/// | `pictures`, `together` | the most of one request; the most with the references |
/// | `sets`, `stream`, `seed`, `guidance_scale` | `true` or `false` |
/// | `background` | `false`; `of_reference` or `true`: transparent for one transparent PNG; `free`: always |
/// | `layers`, `layer_formats` | the most layers, `true` for 16, `false`; what can be split: `png`, `jpeg` … |
/// | `output_formats`, `standard_format` | `png`, `jpeg`; the one drawn where none is asked for |
/// | `prompt_optimizations` | `standard`, `fast` |
/// | `web_search` | `volcengine`, `byteplus` |
/// | `pictures_per_minute` | for one account |
/// | `prices` | by `USD`, `CNY`: `date`, and the parts below, at most four decimals |
///
/// Parts of a price: `per_picture`; `per_exact_picture` where a size in pixels costs something else;
/// `per_layer`, each picture of a split, not known where it is left out; `per_reference` for every reference,
/// `further_reference` for those after the first. `per_picture` and `per_layer` are one price, or prices by
/// the most pixels, smallest first: `{5000000: 0.03, any: 0.05}`.
package struct ModelsFile: Equatable, Sendable {
  /// In the order of the file.
  package let corrections: [ModelCorrection]
  /// The models of this version after the corrections.
  package let corrected: CorrectedCatalogue
  /// Corrections that were not taken, with the lines they are on; to be told, not to stop at.
  package let faults: [SettingsError]

  /// A file that says nothing.
  package init() {
    self.init(read: [], file: "")
  }

  private init(read models: [ReadModel], file: String) {
    corrections = models.map(\.correction)
    let corrected = ModelCatalogue.builtIn.corrected(by: corrections)
    self.corrected = corrected
    faults = corrected.problems.map { models[$0.index].fault($0, in: file) }
  }

  /// Where it lies.
  package static func path(beside configurationFile: String) -> String {
    let directory = FileSystem.parent(of: configurationFile)
    return directory + (directory.hasSuffix("/") ? "" : "/") + "models.yaml"
  }

  /// Reads the file; an absent one says nothing.
  ///
  /// - Throws: What cannot be understood. A correction that can, and makes no sense, is in `faults`.
  package static func load(path: String) throws(SettingsError) -> ModelsFile {
    guard let root = try SettingsFile.root(of: path, mustExist: false) else { return ModelsFile() }
    let families = try MappingReader(root, file: path, keys: nil)
    var models: [ReadModel] = []
    var faults = FaultList()
    for member in families.members {
      let model = faults.attempt { () throws(SettingsError) in try ReadModel(member, in: families) }
      if let model { models.append(model) }
    }
    try faults.check()
    return ModelsFile(read: models, file: path)
  }
}
