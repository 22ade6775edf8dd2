import Jobs

extension AppState {
  /// Says how many outcomes are unknown that nobody was told of yet, and shows the first.
  mutating func announceUnknown() {
    let ids = Set(history.unknownJobs.map(\.id))
    let isPaid = !history.unknownJobs.allSatisfy { compose.isFree($0) }
    guard !ids.isSubset(of: toldUnknown) else { return }
    toldUnknown = ids
    history.selectUnknown()
    let those = Wording.counted(ids.count, "request", "requests")
    message.tell(
      Notice(
        .warning,
        "\(those) sent and never answered\(isPaid ? ", perhaps paid" : ""): "
          + "\(keymap.label(.goToHistory)) \(keymap.label(.firstRow)) "
          + "\(keymap.label(.decide)) decides."))
  }
}
