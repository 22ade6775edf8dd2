/// Why there is no gateway: one sentence for people.
package struct GatewayError: Error, Equatable, Sendable, CustomStringConvertible {
  package let message: String

  init(_ message: String) { self.message = message }

  package var description: String { message }
}
