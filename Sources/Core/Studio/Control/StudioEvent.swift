package import Jobs

/// What the service tells everybody who listens.
package enum StudioEvent: Equatable, Sendable {
  /// A job is new or has changed; the whole of it.
  case job(JobStatus)
  /// Pictures came or went otherwise than by a job: they were put into the trash, or came back.
  case gallery
  /// The queue was paused, resumed, or got into trouble or out of it.
  case queue(QueueStatus)
}
