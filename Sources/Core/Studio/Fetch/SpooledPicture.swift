import Gallery
import HTTP
import Hashing
import Synchronization

/// The bytes of one picture on their way to disk, filled on the transfer's own thread and saved by the gallery actor.
/// Everything here may wait for the disk.
///
/// A disk that fails under them costs no byte: they move on to the next place of the spool.
final class SpooledPicture: Sendable {
  private struct Store: ~Copyable, Sendable {
    var draft: StagedPicture?
    /// All bytes, while there is no draft.
    var held: [UInt8] = []
    /// The first bytes; nil where they have to be read.
    var start: [UInt8]? = []
  }

  private let spool: PictureSpool
  private let store: Mutex<Store>

  /// Opens a file that has no name yet, where it will be published if that can be written.
  init(_ spool: PictureSpool) {
    self.spool = spool
    store = Mutex(Store(draft: spool.makeDraft()))
  }

  /// Takes up bytes that are in a file already.
  init(_ draft: consuming StagedPicture, _ spool: PictureSpool) {
    self.spool = spool
    store = Mutex(Store(draft: consume draft, start: nil))
  }

  deinit {
    let held = store.withLock { $0.held.count }
    spool.release(held)
  }

  /// How many bytes have arrived.
  var count: Int {
    store.withLock { store in
      switch store.draft {
      case .some(let draft): draft.byteCount
      case .none: store.held.count
      }
    }
  }

  /// Their SHA-256; nil where they cannot be read back.
  var digest: String? {
    store.withLock { store in
      switch store.draft {
      case .some(let draft): (try? draft.bytes()).map { SHA256.hexDigest(of: $0) }
      case .none: SHA256.hexDigest(of: store.held)
      }
    }
  }

  /// Whether they are a picture whose end is missing.
  var lacksEnd: Bool {
    store.withLock { store in
      switch store.draft {
      case .some(let draft): draft.lacksEnd
      case .none: false
      }
    }
  }

  /// All bytes, where they are a text and no picture, or nothing at all; nil for anything else.
  var text: [UInt8]? {
    store.withLock { store in
      if let first = store.start?.first, first >= 0x80, first != 0xef { return nil }
      let bytes =
        switch store.draft {
        case .some(let draft): try? draft.bytes()
        case .none: store.held
        }
      return bytes.flatMap { $0.isEmpty || FileFormat.isText($0) ? $0 : nil }
    }
  }

  /// Where they are until they are saved, as the journal names it; nil for those that only memory has.
  var location: String? {
    store.withLock { store in
      switch store.draft {
      case .some(let draft): spool.layout.location(draft.temporaryPath)
      case .none: nil
      }
    }
  }

  /// Adds bytes. Throws `tooLarge`, or `noSpace` where neither a disk nor memory takes more; then the
  /// bytes are no picture any more.
  func append(_ bytes: [UInt8]) throws(GalleryError) {
    let failure = store.withLock { store in
      if let start = store.start, start.count < 4 { store.start = start + bytes.prefix(4) }
      return append(bytes, to: &store)
    }
    if let failure { throw failure }
  }

  /// The picture itself, where these bytes are one in content codings: named ones, or compression that the
  /// first bytes show. What cannot be undone, or would become too large, is left as it is; where a compressed
  /// stream breaks off, what came out of it is the picture.
  func withoutCodings(_ codings: [String] = []) -> SpooledPicture {
    let coded = store.withLock { store -> [UInt8]? in
      guard !codings.isEmpty || store.start.map({ ContentDecoder.isCompressed($0) }) ?? true
      else { return nil }
      let bytes =
        switch store.draft {
        case .some(let draft): try? draft.bytes()
        case .none: store.held
        }
      return bytes.flatMap { ContentDecoder.isCompressed($0) || !codings.isEmpty ? $0 : nil }
    }
    guard let coded,
      let picture = ContentDecoder.undo(
        codings, of: coded, limit: GalleryWriter.maximumPictureBytes)?.bytes,
      !picture.isEmpty, picture != coded
    else { return self }
    let undone = SpooledPicture(spool)
    do {
      try undone.append(picture)
      return undone
    } catch {
      return self
    }
  }

  /// Makes sure that they outlive the process, unless no disk takes them. Those that lie in the gallery
  /// are copied and saved at once by whoever files them; to save them here too would take as long again.
  func secure() {
    store.withLock { store in
      let isFiledNext =
        switch store.draft {
        case .some(let draft): !draft.isAway
        case .none: false
        }
      if isFiledNext { return }
      if store.draft == nil { settle(&store) }
      do throws(GalleryError) {
        try store.draft?.synchronize()
      } catch {
        spool.report(error)
        leave(&store)
      }
    }
  }

  /// Lends the file to whoever saves it. What a failing disk refuses moves on to a place that lasts.
  func withDraft<Value: Sendable>(
    _ body: (inout StagedPicture) throws(GalleryError) -> sending Value
  ) throws(GalleryError) -> Value {
    let result = store.withLock { store -> Result<Value, GalleryError> in
      if store.draft == nil { settle(&store) }
      guard var taken = store.draft.take() else {
        return .failure(
          spool.failure ?? GalleryError(.noSpace, "No disk takes the bytes of the picture."))
      }
      let result: Result<Value, GalleryError>
      do throws(GalleryError) {
        result = .success(try body(&taken))
      } catch {
        result = .failure(error)
        if error.isOfTheDisk {
          spool.report(error)
          if let spoolDirectory = spool.spoolDirectory { try? taken.move(to: spoolDirectory) }
        }
      }
      store.draft = consume taken
      return result
    }
    return try result.get()
  }

  // MARK: From place to place

  private func append(_ bytes: [UInt8], to store: inout Store) -> GalleryError? {
    do throws(GalleryError) {
      if store.draft != nil {
        try store.draft?.write(bytes)
        return nil
      }
    } catch {
      guard error.isOfTheDisk else { return error }
      spool.report(error)
      leave(&store)
      if store.draft != nil {
        do throws(GalleryError) {
          try store.draft?.write(bytes)
          return nil
        } catch {
          leave(&store)
        }
      }
    }
    guard store.draft == nil, spool.hold(bytes.count) else {
      return GalleryError(.noSpace, "Neither a disk nor memory has room for the picture.")
    }
    store.held += bytes
    return nil
  }

  /// Goes from the gallery to the spool directory, or from any disk to memory.
  private func leave(_ store: inout Store) {
    guard var draft = store.draft.take() else { return }
    if let spoolDirectory = spool.spoolDirectory, !draft.isAway,
      (try? draft.move(to: spoolDirectory)) != nil
    {
      store.draft = consume draft
      return
    }
    // What cannot be read back is best left in its file.
    guard let bytes = try? draft.bytes(), spool.hold(bytes.count) else {
      store.draft = consume draft
      return
    }
    store.held = bytes
  }

  /// Goes from memory to a disk that takes it.
  private func settle(_ store: inout Store) {
    guard var draft = spool.makeDraft() else { return }
    guard (try? draft.write(store.held)) != nil else { return }
    spool.release(store.held.count)
    store.held = []
    store.draft = consume draft
  }
}
