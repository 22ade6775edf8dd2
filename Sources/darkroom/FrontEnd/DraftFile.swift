import FoundationEssentials
import Interface
import Posix
import Seedream
import Synchronization

/// What was written and not sent, kept in the state directory so that it is there next time: one file for
/// each studio that is open for a gallery, so that none writes over what another left.
final class DraftFile: Sendable {
  /// The file that is this studio's own until it ends.
  private final class Slot: Sendable {
    let number: Int
    /// Nil where the file system has no locks.
    private let lock: FileLock?

    init(number: Int, lock: consuming FileLock?) {
      self.number = number
      self.lock = lock
    }
  }

  private struct State {
    var slot: Slot?
    /// Whether the interface has the draft of the last session, or there is none: until then nothing may take
    /// its place.
    var isTaken = false
    /// What was to be written meanwhile.
    var held: Draft?
    /// The last word was written: a write that begins now would be cut by the end of the program, and leave its
    /// temporary file.
    var isClosed = false
  }

  private static let maximumBytes = 4 << 20
  private static let maximumStudios = 64
  private let directory: String
  /// Where earlier programs kept the draft of all galleries.
  private let older: String
  private let state = Mutex(State())

  /// - Parameters:
  ///   - gallery: Its path, from the root.
  ///   - stateDirectory: Where the program keeps what is not the gallery's.
  init(gallery: String, stateDirectory: String) {
    directory = stateDirectory + "/drafts/" + Self.name(of: gallery)
    older = stateDirectory + "/draft.json"
  }

  /// The draft of the last session that was not taken by another studio; nil where there is none, or none
  /// that can be read.
  func read() -> Draft? {
    state.withLock { state in
      open(&state)
      return state.slot.flatMap { draft($0.number) }
    }
  }

  /// The first words of a draft that another studio left; nil where no other one is kept.
  func words(ofAnotherThan own: Draft) -> String? {
    state.withLock { state in
      guard let number = state.slot?.number, let other = next(behind: number) else { return nil }
      let draft = draft(other.number)
      let text = draft?.edited?.request.prompt ?? draft?.request.prompt ?? ""
      return String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(24))
    }
  }

  /// Keeps a draft and takes the next one that no other studio has; nil where there is none.
  func swap(_ draft: Draft) -> Draft? {
    state.withLock { state in
      open(&state)
      guard let number = state.slot?.number else { return nil }
      save(draft, number)
      guard let other = next(behind: number), let taken = self.draft(other.number) else {
        return nil
      }
      state.slot = other
      state.isTaken = true
      return taken
    }
  }

  /// Whether the interface has the draft of the last session, or there is none.
  var isTaken: Bool { state.withLock { $0.isTaken } }

  /// The interface has it, or is about to end: what is written from now on takes its place.
  func wasTaken() { state.withLock { $0.isTaken = true } }

  /// There is none.
  func isAbsent() {
    state.withLock { state in
      state.isTaken = true
      guard let held = state.held.take() else { return }
      write(held, &state)
    }
  }

  /// Keeps a draft. A draft that cannot be kept is no reason to disturb the user who writes it.
  func write(_ draft: Draft) {
    state.withLock { state in
      guard !state.isClosed else { return }
      if state.isTaken { write(draft, &state) } else { state.held = draft }
    }
  }

  /// Keeps the last draft, before the program ends.
  func close(with draft: Draft) {
    state.withLock { state in
      guard !state.isClosed else { return }
      (state.isTaken, state.isClosed) = (true, true)
      write(draft, &state)
    }
  }

  private func write(_ draft: Draft, _ state: inout State) {
    open(&state)
    if let number = state.slot?.number { save(draft, number) }
  }

  // MARK: Files

  private func path(_ number: Int) -> String { "\(directory)/\(number).json" }

  /// Takes the newest draft that no other studio has, else a new place.
  private func open(_ state: inout State) {
    guard state.slot == nil else { return }
    try? FileSystem.createDirectory(directory, mode: 0o700)
    // Half-written drafts of studios that were killed: a write takes no hour.
    PendingFile.removeLeftovers(in: directory, olderThan: 3600)
    if numbers.isEmpty { try? FileSystem.rename(older, to: path(1)) }
    let newest = numbers.sorted { modified($0) > modified($1) }
    let free = (1...Self.maximumStudios).filter { !newest.contains($0) }
    for number in newest + free {
      if let slot = take(number) {
        state.slot = slot
        return
      }
    }
  }

  /// Nil where another studio has it.
  private func take(_ number: Int) -> Slot? {
    do throws(PosixError) {
      guard let lock = try FileLock.tryAcquire(path: "\(directory)/\(number).lock") else {
        return nil
      }
      return Slot(number: number, lock: lock)
    } catch {
      return Slot(number: number, lock: nil)
    }
  }

  /// The next place whose draft has something in it, and which no other studio has.
  private func next(behind own: Int) -> Slot? {
    let all = numbers
    for number in all.filter({ $0 > own }) + all.filter({ $0 < own })
    where draft(number)?.isBlank == false {
      if let slot = take(number) { return slot }
    }
    return nil
  }

  private var numbers: [Int] {
    let names = (try? DirectoryListing(of: directory, limit: 10_000))?.entries.map(\.name) ?? []
    return names.compactMap { name in
      name.hasSuffix(".json") ? Int(name.dropLast(5)) : nil
    }
    .filter { (1...Self.maximumStudios).contains($0) }.sorted()
  }

  private func modified(_ number: Int) -> Double {
    (try? FileInformation(of: path(number)))?.modified ?? 0
  }

  private func draft(_ number: Int) -> Draft? {
    guard let bytes = try? FileSystem.readFile(path(number), limit: Self.maximumBytes) else {
      return nil
    }
    return try? JSONDecoder().decode(Draft.self, from: Data(bytes))
  }

  private func save(_ draft: Draft, _ number: Int) {
    guard let json = try? JSONEncoder().encode(draft) else { return }
    try? FileSystem.createDirectory(directory, mode: 0o700)
    try? DurableFile.write(Array(json), to: path(number), mode: 0o600, replacing: true)
  }

  /// A path as the name of a file: its end, where it is longer than names may be.
  private static func name(of path: String) -> String {
    var name = path.reduce(into: "") { name, character in
      switch character {
      case "/": name += "%2F"
      case "%": name += "%25"
      default: name.append(character)
      }
    }
    while name.utf8.count > 200 { name.removeFirst() }
    return name
  }
}
