internal import Posix

/// Where a key came from.
package enum KeySource: Equatable, Sendable {
  case environment(String)
  case command
  case configuration
  /// The provider takes none.
  case notNeeded
}

/// A key and where it came from.
package struct ResolvedKey: Equatable, Sendable {
  /// Nil for a provider that takes none.
  package let secret: Secret?
  package let source: KeySource
}

/// Why there is no key to send. Never holds a part of one.
package struct KeyError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Code: Equatable, Sendable {
    case missing, commandFailed, malformed, unencrypted
  }

  package let code: Code
  package let provider: String
  /// One sentence without a full stop: what happened, and what to do.
  package let description: String
}

extension ProviderProfile {
  /// Finds the key: in the environment, by the key command, in the configuration file, in this order.
  ///
  /// - Parameters:
  ///   - url: Where the request goes instead of `baseURL`.
  ///   - environment: The variables to look in.
  ///   - hiding: Variables with keys of others, which the key command does not get to see.
  ///   - timeLimit: For the key command.
  package func resolveKey(
    for url: BaseURL? = nil, environment: [String: String] = Environment.all,
    hiding others: Set<String> = [], timeLimit: Duration = .seconds(10)
  ) async throws(KeyError) -> ResolvedKey {
    let unreadable = Environment.unreadable
    guard usesKey, !isSandbox else { return ResolvedKey(secret: nil, source: .notNeeded) }
    if let url = url ?? baseURL, !allowsKey(over: url) {
      throw fault(
        .unencrypted,
        "the key of '\(name)' does not go over plain HTTP to \(url.host): use an https address")
    }
    for variable in keyEnvironment {
      if environment[variable] == nil, unreadable[variable] != nil {
        throw fault(
          .malformed, "the variable \(variable) is not UTF-8 text: it holds no key for '\(name)'")
      }
      guard let value = environment[variable], !value.isEmpty else { continue }
      return ResolvedKey(
        secret: try checked(value, from: "the variable \(variable)"),
        source: .environment(variable))
    }
    if let keyCommand {
      let visible = environment.filter { !others.contains($0.key) }
      let raw = unreadable.filter { !others.contains($0.key) }.map(\.value)
      let output = try await outputLine(of: keyCommand, visible, raw, timeLimit)
      return ResolvedKey(secret: try checked(output, from: "the key command"), source: .command)
    }
    if let key { return ResolvedKey(secret: key, source: .configuration) }
    throw fault(
      .missing,
      "no key for '\(name)': set \(keyEnvironment.joined(separator: " or ")), or give it a "
        + "key_command in the configuration file")
  }

  private func checked(_ value: String, from origin: String) throws(KeyError) -> Secret {
    if let reason = KeyFault.of(value) {
      throw fault(.malformed, "the key of '\(name)' from \(origin) \(reason)")
    }
    guard let secret = Secret(value) else {
      throw fault(
        .malformed,
        "\(origin) gives no usable key for '\(name)': a key has letters, digits and signs only")
    }
    return secret
  }

  /// What the command says on its other output is not repeated: it may hold the key.
  private func outputLine(
    of line: String, _ environment: [String: String], _ raw: [[UInt8]], _ timeLimit: Duration
  ) async throws(KeyError) -> String {
    var command = ProcessSpec.shell(line)
    command.environment = environment
    command.rawEnvironment = raw
    command.limits.coreDump = false
    let result: ProcessOutput
    do {
      result = try await command.run(timeLimit: timeLimit, outputLimit: 1 << 16)
    } catch {
      throw fault(.commandFailed, "the key command of '\(name)' cannot run: \(error.reason)")
    }
    if result.timedOut {
      throw fault(
        .commandFailed,
        "the key command of '\(name)' gave no key within \(timeLimit): try it by hand")
    }
    guard result.status.isSuccess else {
      throw fault(
        .commandFailed,
        "the key command of '\(name)' ended with \(result.status): try it by hand")
    }
    let first = result.output.prefix { $0 != 0x0A }
    let trimmed = first.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
    guard let key = String(validating: Array(trimmed), as: UTF8.self) else {
      throw fault(.malformed, "the key command of '\(name)' gives bytes that are not UTF-8 text")
    }
    return key
  }

  private func fault(_ code: KeyError.Code, _ message: String) -> KeyError {
    KeyError(code: code, provider: name, description: printable(message))
  }
}
