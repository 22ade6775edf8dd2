// Mutates recorded replies and holds the parser to its contract: `fuzz-replies COUNT [SEED]`.
// Prints the seed; a seed and a count make the same replies again.
import Glibc
import Posix
import RecordedReplies

/// KiB this process has had resident at most, proc_pid_status(5).
func mostMemory() -> Int {
  let status = (try? FileSystem.read("/proc/self/status", limit: 1 << 16)) ?? []
  let line = String(decoding: status, as: UTF8.self).split(separator: "\n")
    .first { $0.hasPrefix("VmHWM:") }
  return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}

/// Hands over what is printed so far, which standard output keeps back where it is no terminal.
func flushOutput() {
  fflush(nil)
}

func fail(_ sentence: String) -> Never {
  print("fuzz-replies: \(sentence)")
  exit(1)
}

let arguments = CommandLine.arguments.dropFirst()
guard let count = arguments.first.flatMap({ Int($0) }), count > 0 else {
  fail("usage: fuzz-replies COUNT [SEED]")
}
let seed =
  arguments.dropFirst().first.flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64(UInt32.max))
print("seed \(seed), \(count) mutated replies")
// A crash leaves nothing behind but what was written before it.
flushOutput()

let start = ContinuousClock.now
let settled = min(count, 10_000)
var before = 0
var breaches = 0
for number in 0..<count {
  if number == settled { before = mostMemory() }
  let reply = MutatedReply(seed: seed, number: number)
  if let breach = ReplyContract.breach(by: reply) {
    print(
      "fuzz-replies: seed \(seed), reply \(number): \(breach)\npieces end at \(reply.cuts)\n"
        + printable(String(decoding: reply.body, as: UTF8.self)))
    breaches += 1
    if breaches == 20 { fail("seed \(seed): that is enough") }
  }
}
if breaches > 0 { fail("seed \(seed): \(breaches) replies broke the contract") }
let growth = before == 0 ? 0 : mostMemory() - before
// Everything a reply needs is freed with it: the rest is what the allocator keeps for the next one.
guard growth < 16 << 10 else { fail("seed \(seed): memory grew by \(growth) KiB") }
let seconds = (ContinuousClock.now - start) / Duration.seconds(1)
print(
  "no reply broke the contract in \(Int(seconds)) s; most memory \(mostMemory() >> 10) MiB, "
    + "\(growth) KiB of it since reply \(settled)")
