import Gallery
import Posix

/// Where the bytes of a drawn picture are.
enum PictureSource: Sendable {
  /// The whole address, with its signature, and until when it is asked.
  case address(String, AddressExpiry)
  /// In a temporary file of this process.
  case bytes(SpooledPicture)
  /// In a file that an earlier service left, relative to the gallery's root, or in the spool directory.
  case leftover(String)

  /// - Parameter time: When it was named, in seconds since 1970.
  init(_ source: JournalEntry.Source, named time: Double) {
    switch source {
    case .address(let address): self = .address(address, AddressExpiry(address, named: time))
    case .file(let path): self = .leftover(path)
    }
  }

  /// Whether the bytes are on this machine: if they are still missing at the end of a run, the disk was in
  /// the way.
  var waitsForDisk: Bool {
    switch self {
    case .address: false
    case .bytes, .leftover: true
    }
  }

  /// As the journal keeps it.
  ///
  /// Nil for bytes that only memory has.
  var journalled: JournalEntry.Source? {
    switch self {
    case .address(let address, _): .address(address)
    case .leftover(let path): .file(path)
    case .bytes(let bytes): bytes.location.map { .file($0) }
    }
  }
}

/// A picture that was drawn and is not in the gallery.
struct PictureLoss: Error, Equatable, Sendable {
  /// What was in the way, without a capital at its start.
  var reason: String
  /// Whether trying again later may help.
  var isFetchable: Bool

  init(_ reason: String, isFetchable: Bool) {
    self.reason = reason
    self.isFetchable = isFetchable
  }

  /// What the gallery had against it. An address may give better bytes another time; bytes that are
  /// here only become a picture when what was in the way was the disk, which may also have gone away with
  /// the file they are in.
  init(_ error: GalleryError, of source: PictureSource) {
    if case .address = source {
      self.init(error.message, isFetchable: true)
    } else {
      self.init(error.message, isFetchable: error.isOfTheDisk || error.code == .cannotRead)
    }
  }

  /// A sentence about the picture with this number.
  func sentence(_ number: Int) -> String {
    let stop = reason.hasSuffix(".") ? "" : "."
    return "Picture \(number) was drawn but not saved: \(reason)\(stop)"
  }
}
