import FoundationEssentials
import Gallery
import Jobs

extension JSONDecoder {
  /// Of what a service says; an older one tells files by their paths.
  static var ofService: JSONDecoder {
    let decoder = JSONDecoder()
    if let key = CodingUserInfoKey.fileNaming {
      decoder.userInfo[key] = FileNaming { GalleryLayout.name(ofPicturePath: $0) }
    }
    return decoder
  }
}
