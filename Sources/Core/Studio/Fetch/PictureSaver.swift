import Gallery
import Jobs
import Secrets
import Seedream

/// Brings drawn pictures of one job into the gallery.
struct PictureSaver: Sendable {
  let context: JobContext
  let sent: Timestamp?
  let dependencies: RunDependencies
  /// For the words of a provider in what is said of a loss.
  var redaction = Redaction(key: nil)

  /// What became of a picture, and where its bytes are if it is not in the gallery and they are not where
  /// they were.
  struct Outcome: Sendable {
    var member: JobStatus.Member
    var moved: SpooledPicture?

    /// Tells of it.
    func report(_ report: @Sendable (RunReport) async -> Void) async {
      if let moved { await report(.arriving(number: member.index + 1, .bytes(moved), said: nil)) }
      await report(.member(member))
    }
  }

  /// Fetches one picture where it is not here yet, and files it.
  ///
  /// - Parameter reply: What the reply has said about itself by the time the picture is here.
  func save(
    _ index: Int, _ source: PictureSource, reply: @Sendable () async -> ReplyFacts
  ) async -> Outcome {
    do throws(PictureLoss) {
      let bytes = try await bytes(of: source, PictureID(job: context.job, number: index + 1))
      let origin = context.origin(index + 1, sent: sent, reply: await reply())
      do throws(GalleryError) {
        let picture = try await dependencies.galleryActor.save(bytes, origin)
        return Outcome(member: .init(index: index, outcome: .saved(picture)))
      } catch {
        // Once they are here, no address is needed any more.
        return Outcome(
          member: .init(index: index, clean(PictureLoss(error, of: source))),
          moved: error.isOfTheDisk ? bytes : nil)
      }
    } catch {
      return Outcome(member: .init(index: index, clean(error)))
    }
  }

  /// What is quoted is the beginning of something, and may end inside a key.
  private func clean(_ loss: PictureLoss) -> PictureLoss {
    var loss = loss
    loss.reason = loss.reason.split(separator: "\"", omittingEmptySubsequences: false)
      .map { redaction.text(String($0)) }.joined(separator: "\"")
    return loss
  }

  private func bytes(
    of source: PictureSource, _ id: PictureID
  ) async throws(PictureLoss) -> SpooledPicture {
    switch source {
    case .bytes(let bytes): return await besides { bytes.withoutCodings() }
    case .address(let address, let expiry):
      return try await PictureDownload(
        address: address, expiry: expiry, spool: dependencies.galleryActor.spool,
        client: dependencies.client,
        retries: dependencies.retries, mayBePrivate: context.mayReachPrivateHosts(for: address)
      ).run()
    case .leftover(let path):
      do {
        let bytes = try await dependencies.galleryActor.leftover(path, id)
        return await besides { bytes.withoutCodings() }
      } catch {
        throw PictureLoss(error, of: source)
      }
    }
  }
}
