import App
import Gallery
import Interface
import Posix
import Seedream
import Settings
import Studio
import Synchronization

/// Starts what the interface asks for and returns at once; answers go to the mailbox as actions.
///
/// Its tasks run on threads of its own, so that nothing wakes while nothing happens.
final class EffectRunner: Sendable {
  /// Work of which only the newest is wanted: a new one ends the one before.
  private enum Latest: Hashable {
    case page
    case preview
  }

  private let workspace: Workspace
  private let gallery: GalleryAccess
  private let mailbox: Mailbox<AppAction>
  private let link: ServiceLink
  private let pages: PageLoader
  private let previews: PreviewLoader
  private let drafts: DraftFile
  private let latest = Mutex<[Latest: Task<Void, Never>]>([:])
  /// For what waits for others: the service, decoders.
  private let pool: WorkPool
  /// For what waits for the disk.
  private let diskPool: WorkPool

  init(workspace: Workspace, mailbox: Mailbox<AppAction>) throws(PosixError) {
    pool = try WorkPool()
    diskPool = try WorkPool()
    self.workspace = workspace
    gallery = workspace.openGallery()
    self.mailbox = mailbox
    link = ServiceLink(workspace: workspace, mailbox: mailbox, pool: pool)
    pages = try PageLoader(gallery, workspace)
    previews = PreviewLoader(blobs: gallery.blobs, decoder: try DecodeHelper())
    drafts = DraftFile(
      gallery: workspace.gallery, stateDirectory: workspace.paths.stateDirectory)
  }

  /// What happens besides the effects of the state's own start: the service is looked for, the draft
  /// of the last session is read.
  func start() {
    work(diskPool) { [self] in
      guard let draft = lastDraft() else { return drafts.isAbsent() }
      mailbox.send(.draftRestored(draft))
      if let words = drafts.words(ofAnotherThan: draft) {
        mailbox.send(.otherDraftFound(words: words))
      }
    }
    work(pool) { [self] in await link.connect() }
  }

  /// Starts the work of one effect. Those that need the terminal are the loop's and do nothing here.
  func perform(_ effect: AppEffect) {
    switch effect {
    case .send(let ticket, let request, let provider):
      ask { await $0.send(ticket: ticket, request, provider: provider) }
    case .cancelJob(let id): ask { await $0.cancel(id) }
    case .retryJob(let id): ask { await $0.retry(id) }
    case .fetchPictures(let id): ask { await $0.fetch(id) }
    case .moveJob(let id, let other): ask { await $0.move(id, before: other) }
    case .editJob(let id, let request): ask { await $0.edit(id, request) }
    case .pauseQueue: ask { await $0.setPaused(true) }
    case .resumeQueue: ask { await $0.setPaused(false) }
    case .cancelJobs(let ids): ask { await $0.cancel(ids) }
    case .forgetJob(let id): ask { await $0.forget(id) }
    case .attachFiles(let id, let paths): ask { await $0.attach(id, paths) }
    case .trashPicture(let id): ask { await $0.trash(id) }
    case .restorePicture(let id): ask { await $0.restore(id) }
    case .recall(let id, let file):
      work(diskPool) { [self] in mailbox.send(Recall.action(of: id, file: file, in: gallery.blobs))
      }
    case .loadPage(let ticket, let request):
      replace(.page, on: pool) { [self] in
        let action = await pages.load(ticket: ticket, request)
        if !Task.isCancelled { mailbox.send(action) }
      }
    case .loadChanges(let ticket, let mark, let position):
      replace(.page, on: pool) { [self] in
        let action = await pages.changes(ticket: ticket, since: mark, above: position)
        if !Task.isCancelled { mailbox.send(action) }
      }
    case .loadPreview(let key):
      replace(.preview, on: diskPool) { [self] in
        await previews.load(key) { [mailbox] in mailbox.send($0) }
      }
    case .inspectReference(let token, let text):
      work(diskPool) { [self] in
        mailbox.send(
          ReferenceInspector(gallery: gallery).action(token: token, text))
      }
    case .completePath(let typed):
      work(diskPool) { [mailbox] in
        mailbox.send(.pathCompleted(typed: typed, PathCompletion.paths(beginningWith: typed)))
      }
    case .saveDraft(let draft):
      work(diskPool) { [drafts] in drafts.write(draft) }
    case .swapDraft, .openEditor, .suspend, .quit, .redraw: break
    }
  }

  // MARK: The draft

  private func lastDraft() -> Draft? {
    drafts.read().map(asChosen)
  }

  /// A provider that is named on the command line goes before any that was chosen in the form.
  private func asChosen(_ draft: Draft) -> Draft {
    var draft = draft
    if workspace.providerIsAsked { draft.chosen = nil }
    return draft
  }

  /// Keeps the draft and takes another one that lies there, of a studio that is not open any more.
  ///
  /// Waits for the disk: nothing may be typed meanwhile that would be in neither.
  func swapDraft(_ draft: Draft) -> AppAction {
    guard let other = drafts.swap(draft) else {
      return .noticed(Notice(.information, "No other draft is kept."))
    }
    return .draftTaken(asChosen(other))
  }

  /// The draft of the last session is in the interface: what is saved from now on has it.
  func draftWasTaken() { drafts.wasTaken() }

  /// The draft of the last session, where the program ends before it was there.
  var untakenDraft: Draft? { drafts.isTaken ? nil : lastDraft() }

  /// Writes the draft before the program ends.
  func saveDraftNow(_ draft: Draft) {
    drafts.close(with: draft)
  }

  /// Asks the service.
  private func ask(_ body: @escaping @Sendable (ServiceLink) async -> AppAction?) {
    work(pool) { [self] in if let action = await body(link) { mailbox.send(action) } }
  }

  @discardableResult
  private func work(
    _ pool: WorkPool, _ body: @escaping @Sendable () async -> Void
  ) -> Task<Void, Never> {
    Task.detached(executorPreference: pool, operation: body)
  }

  private func replace(
    _ kind: Latest, on pool: WorkPool, _ body: @escaping @Sendable () async -> Void
  ) {
    let task = work(pool, body)
    latest.withLock { latest in
      latest[kind]?.cancel()
      latest[kind] = task
    }
  }
}
