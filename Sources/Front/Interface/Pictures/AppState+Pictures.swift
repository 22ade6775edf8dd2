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

  // MARK: Trash

  /// Puts the selected picture into the trash, with the layers that its row stands for. It is off the list at
  /// once; the answer confirms it.
  mutating func trashPicture() -> [AppEffect] {
    guard let item = history.selectedPicture else {
      askForRow("Select a picture to put it into the trash.")
      return []
    }
    trash.add(item.id, layers: item.layers.count)
    history.hide(item.id)
    message.show(Notice(.information, "Putting \(item.whole) into the trash…"))
    return [.trashPicture(id: item.id)]
  }

  /// Takes back the last picture that was put into the trash here.
  mutating func undoTrash() -> [AppEffect] {
    guard let id = trash.last else {
      message.show(
        Notice(.warning, "No picture was put into the trash here; 'darkroom trash' lists it."))
      return []
    }
    guard !trashNews else {
      message.show(
        Notice(
          .information, "Press \(keymap.label(.undoTrash)) again to take \(id) out of the trash."))
      return []
    }
    guard !trash.isMoving(id) else {
      message.show(
        Notice(
          .information,
          "\(id) is on its way into the trash; press \(keymap.label(.undoTrash)) again."))
      return []
    }
    trash.takeBack(id)
    history.lookFor(id)
    message.show(Notice(.information, "Taking \(whole(id)) out of the trash…"))
    return [.restorePicture(id: id)]
  }

  /// `d96y-1 and 4 layers`.
  private func whole(_ id: String) -> String {
    let count = trash.layers(with: id)
    return count == 0 ? id : "\(id) and \(Wording.counted(count, "layer", "layers"))"
  }

  mutating func trashed(_ id: String) {
    trash.settled(id)
    let isOne = trash.layers(with: id) == 0
    message.show(
      Notice(
        .success,
        "\(whole(id)) \(isOne ? "is" : "are") in the trash; "
          + "\(keymap.label(.undoTrash)) takes \(isOne ? "it" : "them") back.")
    )
  }

  mutating func restored(_ id: String) -> [AppEffect] {
    trash.settled(id)
    let isOne = trash.layers(with: id) == 0
    message.show(Notice(.success, "\(whole(id)) \(isOne ? "is" : "are") back."))
    return history.show(id)
  }

  mutating func trashRefused(_ id: String, _ text: String) -> [AppEffect] {
    trashNews = trashNews || trash.last == id
    trash.refused(id)
    message.show(Notice(.error, text))
    return history.show(id)
  }
}
