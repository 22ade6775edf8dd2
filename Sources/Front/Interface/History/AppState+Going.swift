import Paging

// The line below the list: what is searched for, or where to go.
extension AppState {
  /// Takes what is typed there. What is no place to go to stays open.
  mutating func acceptListInput() -> [AppEffect] {
    guard let input = history.input else { return [] }
    let text = input.editor.text.trimmed
    guard history.inputAim == .place else {
      history.input = nil
      return history.load(text)
    }
    guard !text.isEmpty else {
      history.input = nil
      return []
    }
    guard let goal = ListGoal(typed: text, on: today) else {
      message.show(
        Notice(
          .error, "Type the number of a row, 1234, or a day: 2026-11-03, 11-03, 2026-11."))
      return []
    }
    history.input = nil
    return history.go(to: goal)
  }

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
