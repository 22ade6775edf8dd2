extension Studio {
  /// Tells what is worth a line of a log, from now on: jobs as they change, the trash. A sentence each,
  /// without keys and prompts; from any thread, and in order.
  package nonisolated func log(to write: @escaping @Sendable (String) -> Void) {
    hub.log(to: write)
  }
}
