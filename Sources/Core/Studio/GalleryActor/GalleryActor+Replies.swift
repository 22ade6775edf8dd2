import Gallery
import Jobs
import Posix

extension GalleryActor {
  /// The most that the bodies of replies of all jobs take together; beyond it the oldest go.
  static let mostReplyBytes = 512 << 20

  /// Keeps the body of a reply that could not be read; nil where no disk takes it.
  func keep(_ body: ReplySpool.Body, of job: JobID) -> JobStatus.RawReply? {
    let path = layout.reply(to: job)
    do throws(PosixError) {
      try layout.makePrivateDirectory(layout.repliesDirectory)
      try DurableFile.write(body.bytes, to: path, mode: 0o600, replacing: true)
    } catch {
      spool.report(
        GalleryError(
          .cannotWrite, "What the provider answered to job \(job) was not kept: \(error)."))
      return nil
    }
    let count = body.bytes.count
    try? write(
      .rawReply(file: layout.location(path), byteCount: count, isWhole: body.isWhole), of: job)
    removeOldReplies(besides: path)
    return JobStatus.RawReply(byteCount: count, isWhole: body.isWhole)
  }

  /// What is kept of the reply to a job.
  func reply(to job: JobID) throws(GalleryError) -> [UInt8] {
    do {
      return try FileSystem.readFile(layout.reply(to: job), limit: ReplySpool.longest + (1 << 20))
    } catch {
      throw GalleryError(.cannotRead, "What the provider answered to job \(job) is gone: \(error).")
    }
  }

  /// The SHA-256 of pictures, as they are and as they arrived, those in the trash as well.
  func digests(of pictures: [SavedPicture]) -> Set<String> {
    Set(
      pictures.flatMap { picture -> [String] in
        guard let file = try? blobs.record(ofPicture: picture.file).file else { return [] }
        return [file.sha256, file.receivedSHA256]
      })
  }

  /// Removes the body of a reply that nobody needs any more.
  func removeReply(to job: JobID) {
    try? FileSystem.remove(layout.reply(to: job))
  }

  /// Whether the body of the reply to a job is still there.
  func hasReply(to job: JobID) -> Bool { FileSystem.exists(layout.reply(to: job)) }

  private func removeOldReplies(besides kept: String) {
    let names = (try? DirectoryListing(of: layout.repliesDirectory).entries.map(\.name)) ?? []
    var files = names.compactMap { name -> (path: String, size: Int, time: Double)? in
      let path = "\(layout.repliesDirectory)/\(name)"
      guard path != kept, !PendingFile.isLeftover(name), let file = try? FileInformation(of: path)
      else { return nil }
      return (path, file.size, file.modified)
    }
    files.sort { $0.time < $1.time }
    var sum = files.reduce((try? FileInformation(of: kept))?.size ?? 0) { $0 + $1.size }
    for file in files where sum > Self.mostReplyBytes {
      guard (try? FileSystem.remove(file.path)) != nil else { continue }
      sum -= file.size
    }
  }

  /// Removes what replies that were cut short with their service have left.
  func removeLeftReplies() {
    PendingFile.removeLeftovers(in: layout.repliesDirectory)
  }
}
