internal import CPosix
internal import Glibc

extension ProcessSpec {
  /// Starts the program in the C part, where fork and exec happen.
  func spawn(
    input: Int32, output: Int32, error: Int32, session: cposix_session
  ) throws(PosixError) -> Int32 {
    let variables =
      (environment?.map { Array("\($0.key)=\($0.value)".utf8) } ?? Environment.entries)
      + rawEnvironment
    let words = ([name ?? executable] + arguments).map { Array($0.utf8) }
    let places = ([executable] + (directory.map { [$0] } ?? [])).map { Array($0.utf8) }
    // An exec string ends at its first zero byte: it would silently be another command.
    if (words + variables + places).contains(where: { $0.contains(0) }) {
      throw PosixError("start", path: executable, code: EINVAL)
    }
    var plan = unsafe cposix_spawn_plan()
    unsafe plan.standard_input = input
    unsafe plan.standard_output = output
    unsafe plan.standard_error = error
    unsafe plan.session = session
    unsafe plan.address_space_limit = limits.addressSpace.map(Int64.init) ?? -1
    unsafe plan.processor_seconds_limit = limits.processorSeconds.map(Int64.init) ?? -1
    unsafe plan.without_core_dump = !limits.coreDump
    unsafe plan.kept_count = keptDescriptors.count
    let arguments = CStringVector(words)
    let environment = CStringVector(variables)
    let texts = CStringVector(places)
    return try PosixError.check("start", path: executable) {
      unsafe arguments.lend { arguments in
        unsafe environment.lend { environment in
          unsafe texts.lend { texts in
            unsafe keptDescriptors.withUnsafeBufferPointer { kept in
              unsafe plan.executable = UnsafePointer(texts[0])
              unsafe plan.arguments = UnsafePointer(arguments)
              unsafe plan.environment = UnsafePointer(environment)
              // The NULL at the end, if there is no second text.
              unsafe plan.directory = UnsafePointer(texts[1])
              unsafe plan.kept = kept.baseAddress
              return unsafe cposix_spawn(&plan)
            }
          }
        }
      }
    }
  }
}

/// A NULL-terminated array of C strings, as exec(3) takes it.
@safe
private struct CStringVector: ~Copyable {
  private let base: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ words: [[UInt8]]) {
    count = words.count
    unsafe base = .allocate(capacity: words.count + 1)
    for (index, word) in words.enumerated() {
      let text = UnsafeMutablePointer<CChar>.allocate(capacity: word.count + 1)
      for (place, byte) in word.enumerated() { unsafe text[place] = CChar(bitPattern: byte) }
      unsafe text[word.count] = 0
      unsafe (base + index).initialize(to: text)
    }
    unsafe (base + words.count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { unsafe base[index]?.deallocate() }
    unsafe base.deallocate()
  }

  func lend<Result>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    unsafe body(base)
  }
}
