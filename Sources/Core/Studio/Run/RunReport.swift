import Gallery
import Jobs
import Seedream

/// What a run tells while it goes on, in order.
enum RunReport: Sendable {
  /// The request is about to leave.
  case sending(Timestamp, attempt: Int)
  /// The last byte of it has left.
  case sent
  /// Nothing is under way until a moment in seconds since 1970; the sentence says why.
  case waiting(until: Double, String)
  case requestID(String)
  /// A picture was named.
  case arriving(number: Int, PictureSource, said: SaidOfPicture?)
  case member(JobStatus.Member)
  case notice(String)
  /// The reply could not be read in whole, and its body is kept.
  case kept(JobStatus.RawReply)
  /// What the reply says about itself at its end.
  case answered(model: String?, Usage?)
  /// The provider has taken the request as a job of its own, and is asked for the pictures from now on.
  case taken(PendingJob)
  /// The reply has ended; pictures are still on their way.
  case downloading
  case ended(JobOutcome)
  /// The gallery cannot take what would be drawn: nothing was sent, and it waits for its turn again.
  case held(GalleryError)
}
