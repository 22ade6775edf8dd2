/// A program to start, as a value.
package struct ProcessSpec: Equatable, Sendable {
  /// A path, or a name to be found in `PATH`.
  package var executable: String
  /// Without the program's own name.
  package var arguments: [String]
  /// What the program finds as its own name, `argv[0]`; nil for `executable`.
  package var name: String?
  /// Nil hands on the environment of this process.
  package var environment: [String: String]?
  /// Entries `NAME=value` besides, which need not be UTF-8.
  package var rawEnvironment: [[UInt8]] = []
  /// Nil stays in the directory of this process.
  package var directory: String?
  package var limits: ResourceLimits
  /// Descriptors above 2 that the program gets under the same numbers; all others are closed to it.
  package var keptDescriptors: [Int32]

  package init(
    _ executable: String, _ arguments: [String] = [], environment: [String: String]? = nil,
    directory: String? = nil, limits: ResourceLimits = ResourceLimits(),
    keptDescriptors: [Int32] = []
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.limits = limits
    self.keptDescriptors = keptDescriptors
  }

  /// This program once more, as it is running: also when its file has been replaced or removed since.
  package static func thisProgram(
    _ arguments: [String], environment: [String: String]? = nil,
    limits: ResourceLimits = ResourceLimits(), keptDescriptors: [Int32] = []
  ) -> ProcessSpec {
    var command = ProcessSpec(
      ThisProcess.executable, arguments, environment: environment, limits: limits,
      keptDescriptors: keptDescriptors)
    if command.executable == ThisProcess.runningImage { command.name = ThisProcess.name }
    return command
  }

  /// A line for /bin/sh.
  package static func shell(_ line: String) -> ProcessSpec {
    ProcessSpec("/bin/sh", ["-c", line])
  }
}

/// What the kernel stops a child at, setrlimit(2). Never raises a limit that is lower already.
package struct ResourceLimits: Equatable, Sendable {
  /// Bytes of address space; allocations beyond it fail. Nil leaves the limit alone.
  package var addressSpace: Int?
  /// Seconds of processor time, then the child is killed. Nil leaves the limit alone.
  package var processorSeconds: Int?
  /// False keeps what the child held in memory off the disk when it crashes.
  package var coreDump: Bool

  package init(addressSpace: Int? = nil, processorSeconds: Int? = nil, coreDump: Bool = true) {
    self.addressSpace = addressSpace
    self.processorSeconds = processorSeconds
    self.coreDump = coreDump
  }
}
