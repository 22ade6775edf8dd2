/// What can stand in front of the panes.
enum Layer {
  /// Every kind there is. A new one is a folder of its own, and a line here.
  static let kinds: [any LayerState.Type] = [
    DecisionDialog.self,
    ChoiceList.self,
    HelpPage.self,
  ]
}
