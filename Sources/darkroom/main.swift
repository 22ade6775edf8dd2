import Glibc

// Not `exit`: it takes down what C libraries hold while threads of ours may still be in them. Nothing
// waits to be written, since output goes straight to its descriptor.
_exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
