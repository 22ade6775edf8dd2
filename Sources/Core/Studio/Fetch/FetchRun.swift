import Gallery
import Seedream

/// Fetches what an earlier run has named and not saved; sends nothing to the provider.
struct FetchRun: Sendable {
  let context: JobContext
  let sent: Timestamp?
  let requestID: String?
  /// What the reply said of its pictures, by number.
  let said: [Int: SaidOfPicture]
  let dependencies: RunDependencies
  let report: @Sendable (RunReport) async -> Void

  /// Tries every picture once, several at a time; each is reported as it ends.
  func run(_ missing: [Int: PictureSource]) async {
    let saver = PictureSaver(context: context, sent: sent, dependencies: dependencies)
    let facts = ReplyFacts(
      said: Dictionary(uniqueKeysWithValues: said.map { ($0 - 1, $1) }), requestID: requestID)
    await withTaskGroup { group in
      for (number, source) in missing {
        group.addTask {
          await saver.save(number - 1, source, reply: { facts }).report(report)
        }
      }
    }
  }
}
