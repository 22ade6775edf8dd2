import Jobs
import Seedream

extension JobStatus {
  /// How a job ended.
  enum End: Sendable {
    case over, refused(APIError), notDrawn(String), cancelled(String, mayBeBilled: Bool)
    case unknown(String)
  }

  /// A job as the service tells it: it goes on where no end is given.
  static func sample(_ members: [Member] = [], _ end: End? = nil) -> JobStatus {
    var job = JobStatus(
      id: "k7f2", state: .running(), request: GenerationRequest(model: "ep-1", prompt: "a"),
      provider: "recorded", modelName: "Seedream 4.5", submitted: 0,
      providerRequestID: "02provider")
    job.members = members
    switch end {
    case nil: break
    case .over?: job.state = job.pictures.count == members.count ? .done : .partlyDone
    case .refused(let error)?: (job.state, job.error, job.message) = (.failed, error, "Refused.")
    case .notDrawn(let message)?: (job.state, job.message) = (.failed, message)
    case .cancelled(let message, let mayBeBilled)?:
      (job.state, job.message, job.sent) = (.cancelled, message, mayBeBilled ? 1 : nil)
    case .unknown(let message)?: (job.state, job.message, job.sent) = (.unknown(.open), message, 1)
    }
    return job
  }
}
