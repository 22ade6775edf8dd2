import Gallery
import Jobs
import Seedream
import TestSupport
import Testing

@testable import Studio

/// What a submission says that its pictures come from.
@Suite(.timeLimit(.minutes(5))) struct ProvenanceTests {
  @Test func itReachesTheRecordAlsoAfterARestartAndWhenSentAgain() async throws {
    let parent = try #require(PictureID("c3d4-1"))
    let provenance = Provenance(
      template: "{what} in fog", choices: [.init(name: "what", words: "a red lantern")],
      experiment: ExperimentID("x9"), cell: CellPlace(["what": 0]),
      parents: [ParentEdge(parent, .recall)])
    let (bench, id) = try await Bench.restarted { bench in
      let job = try await bench.studio.submit(
        JobSubmission(request: small(), provider: .sandbox, key: nil, provenance: provenance))
      await bench.studio.untilIdle()
      return job.id
    }
    let again = try await bench.studio.retry(id, key: nil)
    await bench.studio.untilIdle()
    for job in [id, again.id] {
      let picture = try #require(try await bench.studio.job(job).pictures.first)
      let origin = try bench.record(of: picture).origin
      #expect(origin.parentEdges == [ParentEdge(parent, .recall)])
      #expect(origin.provenance.template == "{what} in fog")
      #expect(origin.provenance.choices == provenance.choices)
      #expect(origin.provenance.experiment == ExperimentID("x9"))
      #expect(origin.provenance.cell == CellPlace(["what": 0]))
    }
  }

  @Test func otherWordsWereNotChosenInTheTemplate() async throws {
    let bench = try await Bench()
    _ = try await bench.studio.pause()
    let job = try await bench.studio.submit(
      JobSubmission(
        request: small(), provider: .sandbox, key: nil,
        provenance: Provenance(template: "{what} in fog", experiment: ExperimentID("x9"))))
    _ = try await bench.studio.edit(job.id, small("a blue lantern"), within: nil)
    _ = try await bench.studio.resume()
    await bench.studio.untilIdle()
    let picture = try #require(try await bench.studio.job(job.id).pictures.first)
    let origin = try bench.record(of: picture).origin
    #expect(origin.provenance == Provenance(experiment: ExperimentID("x9")))
  }
}
