/// What the service tells everybody who listens.
package enum StudioEvent: Equatable, Sendable {
  /// A job is new or has changed; the whole of it.
  case job(JobStatus)
  /// The queue was paused, resumed, or got into trouble or out of it.
  case queue(QueueStatus)
}
