import Gallery
import Interface
import Paging
import Posix
import Seedream

/// Reads pages of the gallery's index for the history pane.
actor HistoryLoader {
  private nonisolated let queue: WorkQueue
  private let reader: GalleryReader

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  private let catalogue: ModelCatalogue
  /// What providers call the layers whose records were read; empty where they say nothing.
  private var names: [PictureID: String] = [:]

  init(gallery: String, catalogue: ModelCatalogue) throws(PosixError) {
    queue = try WorkQueue()
    self.catalogue = catalogue
    reader = GalleryReader(GalleryLayout(root: gallery))
  }

  /// The answer to `loadHistory`.
  func load(query: String, limit: Int) -> AppAction {
    do throws(GalleryError) {
      let page = try reader.page(
        PageRequest(.first, of: PictureFilter(words: query), limit: limit, isCounted: true))
      let items = page.rows.map { row in
        var item = self.item(of: row.picture)
        item.layers = row.layers.map { self.item(of: $0) }
        return item
      }
      return .historyLoaded(items, total: page.total ?? items.count)
    } catch {
      return .historyFailed(message: error.message)
    }
  }
}

extension HistoryLoader {
  private func item(of record: PictureRecord) -> HistoryItem {
    var item = HistoryItem(record, in: reader.layout, catalogue)
    item.layer = record.layer.map { order in
      let name = self.name(of: record)
      return HistoryItem.Layer(
        set: record.id.job.description, order: order, name: name.isEmpty ? nil : name)
    }
    return item
  }

  /// What an older program did not write into the index is in the birth record beside the picture.
  private func name(of record: PictureRecord) -> String {
    if let name = record.layerName ?? names[record.id] { return name }
    let path = reader.layout.path(relative: record.path)
    let name = (try? BirthRecord(ofPicture: path))?.birth.layer?.name ?? ""
    names[record.id] = name
    return name
  }
}

extension HistoryItem {
  /// A row of the index as the screen shows it.
  init(_ record: PictureRecord, in layout: GalleryLayout, _ catalogue: ModelCatalogue) {
    self.init(
      id: record.id.description, path: layout.path(relative: record.path), prompt: record.prompt,
      modelName: catalogue.model(named: record.model)?.name ?? record.model,
      providerName: record.provider, width: record.width, height: record.height,
      byteCount: record.byteCount,
      time: ShownTime.short(Double(record.created.milliseconds) / 1000),
      referenceCount: record.references.count)
  }
}

/// Times as people read them in a list.
enum ShownTime {
  /// `14:32` today, `11-20` this year, `2025-11` before.
  static func short(_ secondsSince1970: Double) -> String {
    let then = CalendarTime(local: secondsSince1970)
    let now = CalendarTime(local: SystemClock.secondsSince1970)
    if then.date == now.date { return "\(two(then.hour)):\(two(then.minute))" }
    return then.year == now.year ? String(then.date.dropFirst(5)) : String(then.date.dropLast(3))
  }

  /// `2026-11-21 14:32:05`, of a time in seconds since 1970.
  static func full(_ secondsSince1970: Double) -> String {
    let then = CalendarTime(local: secondsSince1970)
    return "\(then.date) \(two(then.hour)):\(two(then.minute)):\(two(then.second))"
  }

  /// `14:32:05`.
  static func clock(_ time: Timestamp) -> String {
    let digits = Array(time.timeOfDay)
    return String(digits[0..<2]) + ":" + String(digits[2..<4]) + ":" + String(digits[4..<6])
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
