import Glibc
import Sandbox

/// The sandbox alone, for clients in other languages: prints its address and serves until its standard
/// input ends, so that it never outlives who started it.
///
/// Usage: `sandbox-server [KEY]`; with a key nobody else is let in.
@main enum SandboxProcess {
  static func main() {
    do {
      let server = try SandboxServer(
        options: SandboxOptions(key: CommandLine.arguments.dropFirst().first))
      print(server.baseURL)
      fflush(nil)
      while readLine() != nil {}
      server.stop()
    } catch {
      print("error: \(error)")
      exit(1)
    }
  }
}
