internal import Posix
package import Testing

/// Runs tests on threads of their own, for those that wait for other processes: a test that blocks a
/// thread of the cooperative pool holds up every server that another test runs there.
package struct OwnThread: TestTrait, SuiteTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(try WorkPool()) { try await function() }
  }
}

extension Trait where Self == OwnThread {
  package static var ownThread: Self { Self() }
}
