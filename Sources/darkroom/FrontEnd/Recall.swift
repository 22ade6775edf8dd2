import Gallery
import Interface
import Jobs
import Seedream
import Studio

/// The request that made a picture, from the record beside it.
enum Recall {
  /// The answer to `recall`. Blocks on the disk.
  static func action(of id: String, file: String, in blobs: any BlobStore) -> AppAction {
    guard let origin = (try? blobs.record(ofPicture: file))?.origin, let request = origin.request
    else {
      return .noticed(Notice(.warning, "Nothing is known of the request that made \(id)."))
    }
    return .recalled(
      pictureID: id, Draft(provider: origin.provider, request: request), price: origin.price?.shown)
  }
}
