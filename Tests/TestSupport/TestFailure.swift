/// Why a test cannot go on, in a sentence, with what was on the screen where there is one.
package struct TestFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
