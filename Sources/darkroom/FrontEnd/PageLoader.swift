import App
import Gallery
import Interface
import Paging
import Posix
import Seedream

/// Reads pages of the gallery's index for the list of pictures.
actor PageLoader {
  private nonisolated let queue: WorkQueue
  private let index: any PictureIndex
  private let blobs: any BlobStore

  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.executor }

  private let catalogue: ModelCatalogue
  /// What providers call the layers whose records were read; empty where they say nothing.
  private var names: [PictureID: String] = [:]

  init(_ gallery: GalleryAccess, _ workspace: Workspace) throws(PosixError) {
    queue = try WorkQueue()
    catalogue = workspace.catalogue
    index = gallery.makeIndex()
    blobs = gallery.blobs
  }

  /// The answer to `loadPage`.
  func load(ticket: Int, _ request: PageRequest) -> AppAction {
    do throws(GalleryError) {
      return .pageLoaded(ticket: ticket, try index.page(request).map(item))
    } catch {
      return .picturesFailed(message: error.message)
    }
  }

  /// The answer to `loadChanges`.
  func changes(ticket: Int, since mark: Int64, above position: PicturePosition?) -> AppAction {
    do throws(GalleryError) {
      let changes = try index.changes(since: mark, above: position)
      return .changesLoaded(ticket: ticket, changes?.map(item))
    } catch {
      return .picturesFailed(message: error.message)
    }
  }
}

extension PageLoader {
  private func item(of row: FoldedPicture) -> PictureItem {
    var item = item(of: row.picture)
    item.layers = row.layers.map { self.item(of: $0) }
    return item
  }

  private func item(of record: PictureRecord) -> PictureItem {
    var item = PictureItem(record, catalogue)
    item.layer = record.layer.map { order in
      let name = self.name(of: record)
      return PictureItem.Layer(
        set: record.id.job.description, order: order, name: name.isEmpty ? nil : name)
    }
    return item
  }

  /// What an older program did not write into the index is in the birth record beside the picture.
  private func name(of record: PictureRecord) -> String {
    if let name = record.layerName ?? names[record.id] { return name }
    let name = (try? blobs.record(of: record))?.origin.layer?.name ?? ""
    names[record.id] = name
    return name
  }
}

extension PictureItem {
  /// A row of the index as the screen shows it.
  init(_ record: PictureRecord, _ catalogue: ModelCatalogue) {
    self.init(
      id: record.id.description, file: record.path, prompt: record.prompt,
      modelName: catalogue.model(named: record.model)?.name ?? record.model,
      providerName: record.provider, width: record.width, height: record.height,
      byteCount: record.byteCount,
      created: LocalTime(Double(record.created.milliseconds) / 1000), position: record.position,
      referenceCount: record.references.count)
    imageHash = record.imageHash
  }
}
