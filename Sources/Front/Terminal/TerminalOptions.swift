/// What a terminal is opened with.
package struct TerminalOptions: Sendable {
  /// What the environment says of it.
  package var capabilities: Capabilities
  /// The device to use; nil for the terminal that standard input and output are.
  package var device: String?
  /// Whether clicks, drags and the wheel are reported to us. The terminal's own selection of text then
  /// needs Shift.
  package var mouse = true
  /// What draws the pictures of a frame.
  package var images: any ImageDriver = NoImages()
  /// Whether standard error is kept off the screen and shown afterwards.
  package var capturesErrors = true

  package init(environment: [String: String]) {
    capabilities = Capabilities(environment: environment)
  }
}
