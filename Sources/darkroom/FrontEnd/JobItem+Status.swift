import Gallery
import Interface
import Jobs
import Paging
import Posix
import Seedream
import Studio

extension JobStatus {
  /// Ended so lately that somebody who opens the program may still want to know.
  var isRecent: Bool {
    guard let finished, !state.isUnresolved else { return true }
    return state == .failed && SystemClock.secondsSince1970 - finished < 3600
  }

  /// The job as the screen shows it, its times on the clock of the ticks.
  var item: JobItem {
    let offset = Double(SystemClock.monotonicMilliseconds) / 1000 - SystemClock.secondsSince1970
    var item = JobItem(
      id: id, state: JobItem.State(state), prompt: request.prompt, modelName: modelName,
      expectedCount: request.count, arrivedCount: pictures.count, submittedAt: submitted + offset,
      startedAt: sent.map { $0 + offset }, finishedAt: finished.map { $0 + offset },
      usualSeconds: usualSeconds, pictures: pictures.map(\.id),
      message: message ?? notices.last)
    item.draft = Draft(provider: provider, request: request)
    item.members = members.map(\.item)
    item.place = state.place
    item.needsKey = state.needsKey
    item.waitsUntil = state.waitsUntil.map { $0 + offset }
    item.isUnresolved = state.isUnresolved
    item.sentTime = sent.map(ShownTime.full)
    item.clientRequestID = clientRequestID
    item.highestPrice = (state.isUnresolved ? atRisk : reserved)?.shown
    item.cost = cost?.shown
    item.group = group.map { JobItem.Group(id: $0.id, place: $0.place, size: $0.size) }
    item.wasDrawn = hasDrawn
    item.missesPictures = missesPictures
    item.keptBytes = rawReply?.byteCount
    return item
  }

  /// Whether any of its pictures was drawn, as far as is known.
  private var hasDrawn: Bool {
    let isDrawn = members.contains { member in
      if case .refused = member.outcome { false } else { true }
    }
    return isDrawn || (cost?.millionths ?? 0) > 0 || (usage?.generatedImages ?? 0) > 0
  }

  func item(of picture: SavedPicture) -> HistoryItem {
    var item = HistoryItem(
      id: picture.id, path: picture.path, prompt: request.prompt, modelName: modelName,
      providerName: provider, width: picture.width, height: picture.height,
      byteCount: picture.byteCount, created: LocalTime(picture.created), position: picture.position,
      referenceCount: request.references.count)
    item.layer = picture.layer.map {
      HistoryItem.Layer(set: id, order: $0.order, name: $0.name)
    }
    return item
  }
}

extension SavedPicture {
  /// Its place in lists.
  fileprivate var position: PicturePosition {
    guard let id = PictureID(id) else { return PicturePosition(startOf: created) }
    let time = Timestamp(milliseconds: Int64((created * 1000).rounded()), offsetMinutes: 0)
    return PictureRecord.position(of: id, created: time)
  }
}

extension JobItem.State {
  fileprivate init(_ state: JobState) {
    self =
      switch state {
      case .queued: .queued
      case .sending: .sending
      case .running: .running
      case .downloading: .downloading
      case .done: .done
      case .partlyDone: .partlyDone
      case .failed: .failed
      case .cancelled: .cancelled
      case .unknown: .unknown
      }
  }
}

extension JobStatus.Member {
  fileprivate var item: JobItem.Member {
    let state: JobItem.Member.State =
      switch outcome {
      case .arriving: .arriving
      case .saved(let picture): .saved(pictureID: picture.id)
      case .refused(_, let message, _), .lost(let message, _): .missing(message: message)
      }
    return JobItem.Member(index: index, state: state)
  }
}

extension QueueItem {
  init(_ status: QueueStatus) {
    self.init(isPaused: status.isPaused, trouble: status.trouble)
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
      unit: line.unit == Amounts.pictures ? .pictures : .currency(line.unit), left: line.left,
      shown: "\(Amounts.shown(line.left, line.unit)) left \(period)")
  }
}
