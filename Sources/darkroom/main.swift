import Glibc
import Posix

ThisProcess.begin()
let status = run(ThisProcess.arguments)
if case .signalled(let signal) = status { Signals.end(by: signal) }
// Not `exit`: it takes down what C libraries hold while threads of ours may still be in them. Nothing
// waits to be written, since output goes straight to its descriptor.
_exit(status.code)
