import Interface
import Jobs
import Studio

extension ServiceLink {
  /// The answer to `trashPicture`.
  func trash(_ id: String) async -> AppAction {
    do throws(StudioError) {
      return .pictureTrashed(id: try await workspace.service().trash(id).id)
    } catch {
      return .trashRefused(id: id, message: error.message)
    }
  }

  /// The answer to `restorePicture`.
  func restore(_ id: String) async -> AppAction {
    do throws(StudioError) {
      return .pictureRestored(id: try await workspace.service().restore(id).first?.id ?? id)
    } catch {
      return .trashRefused(id: id, message: error.message)
    }
  }
}
