// The proof that no picture is lost and none is bought twice: rounds of the real program against a provider
// with faults. Prints a table; ends with 1 when a round is not clean.
import FoundationEssentials
import Glibc
import Posix
import TestSupport

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
  Report.write(Options.usage)
  exit(2)
}
MountNamespace.enter()
do {
  let table = try Match(options).play()
  Report.write(table.text)
  exit(table.isClean ? 0 : 1)
} catch {
  Report.write("faults: \(error)")
  exit(1)
}
