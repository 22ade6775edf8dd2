import App
import Gallery
import Imaging
import Posix
import Seedream
import Settings
import Studio
import Terminal

extension Command {
  /// What is wrong here.
  static let doctor = Command(
    name: "doctor", operands: "",
    summary: "Checks what Darkroom needs here: configuration, gallery, service, key, terminal.",
    details: "Ends with status 1 when something keeps it from working.",
    options: OptionSpec.provider + OptionSpec.common
  ) { arguments in
    var findings: [Finding] = []
    let workspace: Workspace
    do {
      workspace = try Workspace(arguments)
      findings.append(.good("configuration", Console.shown(path: workspace.configurationFile)))
    } catch let error as UsageError {
      throw error
    } catch {
      let others = (error as? SettingsError)?.others.map(\.description) ?? []
      Finding.print(([Failures.sentence(error)] + others).map { .bad("configuration", $0) })
      return .failed
    }
    findings +=
      gallery(workspace) + journal(workspace) + service(workspace) + [log(workspace)]
      + provider(workspace) + models(workspace) + terminal()
    Finding.print(findings)
    return findings.contains { $0.state == .bad } ? .failed : .done
  }

  private static func gallery(_ workspace: Workspace) -> [Finding] {
    let path = workspace.gallery
    let shown = Console.shown(path: path)
    guard FileSystem.exists(path) else {
      var parent = FileSystem.parent(of: path)
      while !FileSystem.exists(parent) { parent = FileSystem.parent(of: parent) }
      return FileSystem.isWritable(parent)
        ? [.good("gallery", "\(shown), made with the first picture")]
        : [
          .bad(
            "gallery",
            "\(shown) cannot be made: '\(parent)' is not writable; choose another with --gallery")
        ]
    }
    guard FileSystem.isWritable(path) else {
      return [.bad("gallery", "\(shown) is not writable; choose another with --gallery")]
    }
    do {
      let count = try workspace.openGallery().makeIndex().count()
      let names =
        UnreadableNames(in: workspace.layout).sentence.map { [Finding.odd("names", $0)] } ?? []
      return [.good("gallery", "\(shown), \(count) pictures")] + names
    } catch {
      return [.bad("gallery", error.message)]
    }
  }

  private static func journal(_ workspace: Workspace) -> [Finding] {
    do {
      let damage = try JournalContents(workspace.layout).damage
      return damage.map { .odd("journal", $0.message) }
    } catch {
      return [.bad("journal", error.message)]
    }
  }

  private static func service(_ workspace: Workspace) -> [Finding] {
    do {
      guard
        let greeting = try waiting({ try await workspace.runningService()?.greeting() })
      else { return [.good("service", "not running; whoever needs it starts it")] }
      let finding: Finding =
        greeting.version == Version.number
        ? .good("service", "version \(greeting.version), process \(greeting.processID)")
        : .odd(
          "service",
          "of version \(greeting.version); 'darkroom service --stop' lets this one take over")
      return [finding]
        + (NetworkSettings.difference(of: greeting).map { [.odd("network", $0)] } ?? [])
    } catch {
      return [.bad("service", Failures.sentence(error))]
    }
  }

  private static func log(_ workspace: Workspace) -> Finding {
    let path = workspace.paths.serviceLog
    let shown = Console.shown(path: path)
    return FileSystem.exists(path)
      ? .good("log", shown) : .good("log", "\(shown), begun with the first service")
  }

  private static func provider(_ workspace: Workspace) -> [Finding] {
    let profile = workspace.choice.profile
    let named = "\(profile.name) (\(workspace.choice.reason))"
    do {
      let key = try waiting {
        try await profile.resolveKey(hiding: workspace.settings.keyVariables)
      }
      return [
        .good("provider", named),
        key.source == .notNeeded ? .good("key", "none needed") : .good("key", "found"),
      ]
    } catch {
      return [.good("provider", named), .bad("key", Failures.sentence(error))]
    }
  }

  /// The provider's own list beside the catalogue; a note, since nothing here is broken by it.
  private static func models(_ workspace: Workspace) -> [Finding] {
    let profile = workspace.choice.profile
    guard let dialect = profile.effectiveDialect(), dialect.listsModels else { return [] }
    do {
      let listing = try waiting {
        try await ListingFile(workspace: workspace, profile: profile).ask()
      }
      let differences = workspace.catalogue.differences(from: listing, at: dialect)
      return differences.isEmpty
        ? [.good("models", "\(profile.name) lists those of the catalogue")]
        : differences.map { .odd("models", $0.sentence) }
    } catch {
      return [.odd("models", Failures.sentence(error))]
    }
  }

  private static func terminal() -> [Finding] {
    guard ThisProcess.isTerminal(0), ThisProcess.isTerminal(1) else {
      return [.odd("terminal", "none here; the commands work without one")]
    }
    let type = Environment.value("TERM") ?? ""
    guard Terminal.knows(type: type) else {
      return [
        .odd(
          "terminal", "TERM=\(type) is not in the terminfo database; xterm-256color is used instead"
        )
      ]
    }
    return [.good("terminal", "TERM=\(type)")]
  }
}

/// One line of the doctor's report.
struct Finding: Equatable {
  enum State: String {
    case good = "ok"
    case odd = "note"
    case bad = "FAIL"
  }

  var state: State
  var name: String
  var text: String

  static func good(_ name: String, _ text: String) -> Finding {
    Finding(state: .good, name: name, text: text)
  }
  static func odd(_ name: String, _ text: String) -> Finding {
    Finding(state: .odd, name: name, text: text)
  }
  static func bad(_ name: String, _ text: String) -> Finding {
    Finding(state: .bad, name: name, text: text)
  }

  static func print(_ findings: [Finding]) {
    Console.report(findings.map { [$0.state.rawValue, $0.name, $0.text] })
  }
}
