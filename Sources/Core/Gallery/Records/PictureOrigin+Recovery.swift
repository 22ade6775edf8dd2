internal import Posix
internal import Seedream

extension PictureOrigin {
  /// How a picture without a record came to be: from the journal, from what is embedded in it, or from its
  /// name and its time.
  ///
  /// - Parameters:
  ///   - path: The picture.
  ///   - named: The id its name tells, if nobody else has it.
  ///   - known: What the journal knows of a picture.
  ///   - otherwise: A new id, for a picture whose name tells none.
  init(
    recovering path: String, named: PictureID?, known: (PictureID) -> PictureOrigin?,
    otherwise: () -> PictureID
  ) throws(GalleryError) {
    if let named {
      let embedded = EmbeddedMetadata.origin(in: path)
      let found = known(named).map { $0.completed(by: embedded) } ?? embedded
      if let found, found.id == named {
        self = found
        return
      }
    }
    do {
      let modified = Timestamp(local: try FileInformation(of: path).modified)
      self.init(
        id: named ?? otherwise(), created: modified, source: .recovered, provider: "", dialect: "",
        request: nil, program: "")
    } catch {
      throw GalleryError(reading: error)
    }
  }
}
