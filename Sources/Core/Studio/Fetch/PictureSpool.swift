import Gallery
import Synchronization

/// Where bytes of pictures go as they arrive: the gallery; while that cannot be written, the spool directory; and
/// where no disk takes them, memory, up to a bound.
final class PictureSpool: Sendable {
  let layout: GalleryLayout
  let spoolDirectory: SpoolDirectory?
  /// Bytes that may be in memory at once, over all pictures.
  private let capacity: Int

  private struct State {
    var held = 0
    var heldEntries = 0
    var onTrouble: (@Sendable (GalleryError) -> Void)?
    var onChange: (@Sendable () -> Void)?
    var failure: GalleryError?
    /// What went wrong before anybody listened.
    var untold: GalleryError?
  }

  private let state = Mutex(State())

  init(
    _ layout: GalleryLayout, spoolDirectory: SpoolDirectory?,
    capacity: Int = GalleryWriter.maximumPictureBytes
  ) {
    self.layout = layout
    self.spoolDirectory = spoolDirectory
    self.capacity = capacity
  }

  /// Bytes that only this process has.
  var held: Int { state.withLock(\.held) }

  /// Whether something would be lost if this process ended now.
  var holdsAnything: Bool { state.withLock { $0.held > 0 || $0.heldEntries > 0 } }

  /// What would be lost, as a sentence for a user; nil where nothing would be.
  var warning: String? {
    let (bytes, lines) = state.withLock { ($0.held, $0.heldEntries) }
    guard bytes > 0 || lines > 0 else { return nil }
    let pictures = bytes > 0 ? ["pictures (\((bytes + 1023) / 1024) KB)"] : []
    let journal = lines > 0 ? ["lines of the journal (\(lines))"] : []
    let what = (pictures + journal).joined(separator: " and ")
    return "No disk takes what has arrived: \(what) are held in memory."
  }

  /// Takes down how many lines of the journal only this process has.
  func noteHeldEntries(_ count: Int) {
    change { $0.heldEntries = count }
  }

  /// Calls somebody whenever another amount is in memory only; from any thread.
  func onChange(_ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.onChange = body }
  }

  private func change(_ body: (inout State) -> Void) {
    let listener = state.withLock { state -> (@Sendable () -> Void)? in
      let before = (state.held > 0, state.heldEntries)
      body(&state)
      return before == (state.held > 0, state.heldEntries) ? nil : state.onChange
    }
    listener?()
  }

  /// What the disk of the gallery last had against bytes.
  var failure: GalleryError? { state.withLock(\.failure) }

  /// Calls somebody for every failure of the disk; from any thread.
  func onTrouble(_ body: @escaping @Sendable (GalleryError) -> Void) {
    let untold = state.withLock { state in
      state.onTrouble = body
      return state.untold.take()
    }
    if let untold { body(untold) }
  }

  /// Tells of a failure that is the disk's; others are none of the spool's business.
  func report(_ error: GalleryError) {
    guard error.isOfTheDisk || error.code == .inUse else { return }
    let listener = state.withLock { state in
      state.failure = error
      if state.onTrouble == nil { state.untold = error }
      return state.onTrouble
    }
    listener?(error)
  }

  /// Takes bytes into memory; false where there are too many already.
  func hold(_ count: Int) -> Bool {
    var hasRoom = false
    change { state in
      hasRoom = state.held + count <= capacity
      if hasRoom { state.held += count }
    }
    return hasRoom
  }

  func release(_ count: Int) {
    change { $0.held -= count }
  }

  /// A file for bytes that begin to arrive; nil where no disk takes one.
  func makeDraft() -> StagedPicture? {
    let now = Timestamp.now()
    do throws(GalleryError) {
      return try StagedPicture(layout, created: now)
    } catch {
      report(error)
    }
    guard let spoolDirectory else { return nil }
    return try? StagedPicture(layout, in: spoolDirectory, created: now)
  }
}
