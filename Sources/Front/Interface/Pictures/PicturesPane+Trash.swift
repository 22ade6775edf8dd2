extension PicturesPane {
  /// Puts the selected picture into the trash, with the layers that its row stands for. It is off the list at
  /// once; the answer confirms it.
  mutating func trashPicture() -> [ViewRequest] {
    guard let item = selectedPicture else { return [] }
    trash.add(item.id, layers: item.layers.count)
    hide(item.id)
    return [
      .say(Notice(.information, "Putting \(item.whole) into the trash…")),
      .effect(.trashPicture(id: item.id)),
    ]
  }

  /// Takes back the last picture that was put into the trash here.
  mutating func undoTrash(_ keymap: Keymap) -> [ViewRequest] {
    let key = keymap.label(.undoTrash)
    guard let id = trash.last else {
      let none = "No picture was put into the trash here; 'darkroom trash' lists it."
      return [.say(Notice(.warning, none))]
    }
    guard !trash.hasNews else {
      return [.say(Notice(.information, "Press \(key) again to take \(id) out of the trash."))]
    }
    guard !trash.isMoving(id) else {
      let early = "\(id) is on its way into the trash; press \(key) again."
      return [.say(Notice(.information, early))]
    }
    trash.takeBack(id)
    lookFor(id)
    return [
      .say(Notice(.information, "Taking \(whole(id)) out of the trash…")),
      .effect(.restorePicture(id: id)),
    ]
  }

  mutating func trashed(_ id: String, _ keymap: Keymap) -> [ViewRequest] {
    trash.settled(id)
    let isOne = trash.layers(with: id) == 0
    return [
      .say(
        Notice(
          .success,
          "\(whole(id)) \(isOne ? "is" : "are") in the trash; "
            + "\(keymap.label(.undoTrash)) takes \(isOne ? "it" : "them") back."))
    ]
  }

  mutating func restored(_ id: String) -> [ViewRequest] {
    trash.settled(id)
    let isOne = trash.layers(with: id) == 0
    return [.say(Notice(.success, "\(whole(id)) \(isOne ? "is" : "are") back."))]
      + show(id).map(ViewRequest.effect)
  }

  mutating func trashRefused(_ id: String, _ text: String) -> [ViewRequest] {
    trash.refused(id)
    return [.say(Notice(.error, text))] + show(id).map(ViewRequest.effect)
  }

  /// `d96y-1 and 4 layers`.
  private func whole(_ id: String) -> String {
    let count = trash.layers(with: id)
    return count == 0 ? id : "\(id) and \(Wording.counted(count, "layer", "layers"))"
  }
}
