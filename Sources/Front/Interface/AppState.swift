import Screen
package import Seedream

/// The whole front end as one value: what was typed, what is known, and what is looked at.
package struct AppState: Equatable, Sendable {
  /// Cells, as last told by `AppAction.resized`.
  var size = Size(rows: 0, columns: 0)
  /// Seconds, as last told by `AppAction.ticked`.
  var now = 0.0
  /// Seconds on the same clock, as last told by `reduce`. Nothing on the screen depends on it.
  var clock = 0.0
  /// As last told by `AppAction.clockSet`.
  var wall = WallClock(today: LocalTime(year: 1970, month: 1, day: 1))
  var focus = Pane.prompt
  var keymap = Keymap.standard
  var prompt = PromptPane()
  var parameters: ParameterForm
  var references = ReferenceList()
  var history = History()
  var preview = Preview()
  /// What stands in front of the panes.
  var layers = LayerStack()
  var service = ServiceStatus.connecting(isLate: false)
  var message = MessageLine()
  /// The keys of a sequence that is not complete yet.
  var pendingKeys: [Key] = []
  /// The keys that came more than once with one read, until the next one.
  var hurriedKeys: Set<Key> = []
  /// The last one.
  var pressedKey = Key(.escape)
  /// Whether Ctrl-C was the last key.
  var isQuitArmed = false
  var draftIsDirty = false
  /// The parameters that the program began with.
  let begun: Draft
  let home: HomeDirectory
  var outbox = Outbox()
  var confirmation = Confirmation()
  var trash = TrashPile()
  /// How jobs ended, as was last told of each.
  var toldEnds: [String: String] = [:]
  /// Ended jobs that were sent once more.
  var retried: Set<String> = []
  /// Jobs whose missing pictures were asked for here.
  var refetched: Set<String> = []
  /// Models that have ended where they go, and are sent to all the same, by provider.
  var agreedEnds: Set<String> = []
  /// The draft that came back when a job's request was changed: the key that meant the job may be pressed
  /// once too often.
  var returned: Outbox.Order?
  /// Whom the draft was written for, where that is not whom it goes to now.
  var draftNote: String?
  /// The job whose request is in the form instead of the draft.
  var editing: JobEditing?
  /// The picture or job whose request is to come into the form.
  var recalling: String?
  var budget: [BudgetItem] = []
  /// Whether the queue was paused or let go on by others since the last key.
  var queueNews = false
  /// Whether a picture came back from the way into the trash since the last key.
  var trashNews = false
  /// What a send waited for, as it was said.
  var waitingNote: String?
  /// What this front end last asked of the queue; nil once that was answered.
  var askedPause: Bool?
  /// Unknown outcomes that were told of.
  var toldUnknown: Set<String> = []

  /// - Parameters:
  ///   - providers: those the person can choose, in the order to offer them.
  ///   - provider: the name of the one to begin with.
  ///   - request: the parameters to begin with; a size its model does not offer gives way to the
  ///     model's own choice.
  ///   - catalogue: the models to offer.
  ///   - home: the person's home directory, absolute, shown as `~`; nil where there is none.
  package init(
    providers: [ProviderItem], provider: String,
    request: GenerationRequest = GenerationRequest(
      model: ModelFamily.seedream45.rawValue, prompt: ""),
    catalogue: ModelCatalogue = .builtIn, home: String? = nil
  ) {
    self.home = HomeDirectory(home)
    parameters = ParameterForm(
      providers: providers, provider: provider, catalogue: catalogue, request: request)
    begun = parameters.values
  }

  /// What to ask for when the program has started.
  package mutating func start() -> [AppEffect] {
    showProblems(problems(of: outgoing))
    return history.load()
  }

  /// Whether a second that passes should be told by `AppAction.ticked`: while a job runs, a notice is
  /// to go by itself, a draft is to be saved, or the service has not answered yet. False when idle, so that the front
  /// end then wakes for nothing.
  package var wantsTicks: Bool {
    history.isTimed || message.expires || draftIsDirty || service == .connecting(isLate: false)
  }

  var today: LocalTime { wall.today }

  /// The time of the last tick, in seconds since 1970.
  var time: Double { wall.epoch + now }

  /// Where a key is looked up, innermost first.
  var contexts: [KeyContext] {
    (layers.top?.contexts ?? focused.contexts) + [.always]
  }

  var layout: Layout {
    Layout(size: size, focus: focus, fieldCount: parameters.fields.count)
  }

  /// The preview that the screen has room for now.
  var previewKey: PreviewKey? {
    let area = Preview.pictureArea(in: layout.previewContent)
    guard let item = history.shownPicture, area.rows > 1, area.columns > 1 else { return nil }
    return PreviewKey(
      pictureID: item.id, path: item.path, columns: area.columns, rows: area.rows)
  }
}
