import Jobs
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
  /// As last told by `AppAction.drawingSet`.
  var drawing = DrawingCapabilities()
  var focus = Pane.prompt
  var keymap = Keymap.standard
  var compose: Compose
  var picturesPane = PicturesPane()
  var preview = Preview()
  /// What stands in front of the panes.
  var layers = LayerStack()
  var service = ServiceStatus.connecting(isLate: false)
  var message = MessageLine()
  var keyboard = Keyboard()
  let home: HomeDirectory
  private let gallery: String
  var confirmation = Confirmation()
  var budget: [BudgetItem] = []

  /// - Parameters:
  ///   - providers: those the user can choose, in the order to offer them.
  ///   - provider: the name of the one to begin with.
  ///   - request: the parameters to begin with; a size its model does not offer gives way to the
  ///     model's own choice.
  ///   - catalogue: the models to offer.
  ///   - gallery: where the files of the pictures are, as the user is told it.
  ///   - home: the user's home directory, absolute, shown as `~`; nil where there is none.
  package init(
    providers: [ProviderItem], provider: String,
    request: GenerationRequest = GenerationRequest(
      model: ModelFamily.seedream45.rawValue, prompt: ""),
    catalogue: ModelCatalogue = .builtIn, gallery: String = "", home: String? = nil
  ) {
    self.home = HomeDirectory(home)
    self.gallery = gallery
    compose = Compose(
      ParameterForm(
        providers: providers, provider: provider, catalogue: catalogue, request: request))
  }

  /// What has been written and not sent.
  package var draft: Draft { compose.draft }

  /// What to ask for when the program has started.
  package mutating func start() -> [AppEffect] {
    compose.showProblems(compose.problems(of: compose.outgoing))
    return picturesPane.load()
  }

  /// Whether a second that passes should be told by `AppAction.ticked`: while a job runs, a notice is
  /// to go by itself, a draft is to be saved, or the service has not answered yet. False when idle, so that the front
  /// end then wakes for nothing.
  package var wantsTicks: Bool {
    picturesPane.isTimed || message.expires || compose.isDirty
      || service == .connecting(isLate: false)
  }

  var today: LocalTime { wall.today }

  /// The time of the last tick, in seconds since 1970.
  var time: Double { wall.epoch + now }

  /// The job whose request is in the form, as the service has it.
  var editedJob: JobStatus? { compose.editing.flatMap { picturesPane.job($0.jobID) } }

  /// Where a key is looked up, innermost first.
  var contexts: [KeyContext] {
    front.contexts + [.always]
  }

  var layout: Layout {
    Layout(size: size, focus: focus, fieldCount: compose.parameters.fields.count)
  }

  /// Where the file of a picture is, as a user is told it.
  func place(of item: PictureItem) -> String { home.shown("\(gallery)/\(item.file)") }

  /// The preview that the screen has room for now.
  var previewKey: PreviewKey? {
    let area = Preview.pictureArea(in: layout.previewContent)
    guard let item = picturesPane.shownPicture, area.rows > 1, area.columns > 1 else { return nil }
    return PreviewKey(
      pictureID: item.id, file: item.file, imageHash: item.imageHash, columns: area.columns,
      rows: area.rows, drawing: drawing)
  }
}
