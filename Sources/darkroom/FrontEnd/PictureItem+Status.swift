import Gallery
import Interface
import Jobs
import Paging
import Seedream
import Studio

extension JobStatus {
  /// One of its pictures as the list of pictures shows it.
  func item(of picture: SavedPicture) -> PictureItem {
    var item = PictureItem(
      id: picture.id, file: picture.file, prompt: request.prompt, modelName: modelName,
      providerName: provider, width: picture.width, height: picture.height,
      byteCount: picture.byteCount, created: LocalTime(picture.created), position: picture.position,
      referenceCount: request.references.count)
    item.layer = picture.layer.map {
      PictureItem.Layer(set: id, order: $0.order, name: $0.name)
    }
    return item
  }
}

extension SavedPicture {
  /// Its place in lists.
  fileprivate var position: PicturePosition {
    guard let id = PictureID(id) else { return PicturePosition(startOf: created) }
    let time = Timestamp(
      milliseconds: Int64(exactly: (created * 1000).rounded()) ?? 0, offsetMinutes: 0)
    return PictureRecord.position(of: id, created: time)
  }
}

extension BudgetItem {
  /// Nil for a limit of one send, of which nothing is used up.
  init?(_ line: LedgerStatus.Line) {
    let period: String
    switch line.period {
    case .run: return nil
    case .day: period = "today"
    case .month: period = "this month"
    }
    self.init(
      unit: line.unit == Balances.pictures ? .pictures : .currency(line.unit), left: line.left,
      shown: "\(Balances.shown(line.left, line.unit)) left \(period)")
  }
}
