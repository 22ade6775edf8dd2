import Paging

extension AppState {
  /// Takes in a page, and says where it is not quite what was asked for.
  mutating func pageLoaded(_ ticket: Int, _ page: PicturePage<HistoryItem>) -> [AppEffect] {
    let goal = history.list.asked?.ticket == ticket ? history.list.goal : nil
    let effects = history.loaded(ticket, page)
    if let goal, let item = history.shownPicture, let note = goal.note(reaching: item) {
      message.show(Notice(.information, note))
    }
    return effects
  }
}
