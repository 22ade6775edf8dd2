import App
import Gallery
import Jobs
import Posix
import Seedream
import Settings
import Studio

extension Command {
  /// The ledger.
  static let cost = Command(
    name: "cost", operands: "",
    summary: "Tells what pictures have cost, what is at risk, and what is left of the budget.",
    details: """
      It is read from the gallery's journal and needs no service. Refused and failed pictures are
      free. At risk is what was sent and never answered; reserved is what waits or runs. Amounts of
      different currencies stand side by side. The sandbox costs nothing and is left out.
      """,
    options: [
      .value("by", "WHAT", "day, model or provider; else day"),
      .value("since", "DAY", "only from this day on, as 2026-11-01"),
      .flag("json", "one JSON object: 'rows', and under 'budget' what is left of each limit"),
    ] + OptionSpec.common
  ) { arguments in
    let workspace = try Workspace(arguments)
    let grouping =
      try arguments.choice("by", of: CostReport.Grouping.allCases.map(\.rawValue))
      .flatMap(CostReport.Grouping.init) ?? .day
    let since = try arguments["since"].map { text in
      guard text.count == 10, Timestamp(text + "T00:00:00Z") != nil else {
        throw UsageError("option --since: '\(text)' is not a day like 2026-11-01")
      }
      return text
    }
    // Asked before the journal is read: what is over by then is over in there.
    let service = try waiting { await ServiceWord(of: workspace) }
    let contents = try JournalContents(GalleryLayout(root: workspace.gallery))
    for damage in contents.damage { Console.narrate(damage.message) }
    var ledger = Ledger()
    for entry in contents.entries { ledger.apply(entry) }
    switch service {
    // Nobody waits for an answer any more.
    case .none: ledger.serviceEnded()
    // Nor does a service for what an earlier one, which broke down, has sent.
    case .over(let over): ledger.serviceEnded { !over.contains($0) }
    case .silent(let sentence):
      Console.narrate("\(sentence) What it has under way is counted as reserved.")
    }
    let report = CostReport(ledger, by: grouping, since: since, catalogue: workspace.catalogue)
    let status = LedgerStatus(ledger, Budget(workspace.settings.budget), now: Timestamp.now())
    if arguments.has("json") {
      let document = CostDocument(
        rows: report.rows, budget: status.lines.map { CostDocument.Limit(line: $0) })
      Console.print(JSONLine.text(document))
      return .done
    }
    tell(report, status)
    return .done
  }

  private static func tell(_ report: CostReport, _ status: LedgerStatus) {
    if report.rows.isEmpty {
      Console.narrate("nothing was paid for")
    } else {
      let title = report.grouping.rawValue.uppercased()
      var rows = [[title, "PICTURES", "COST", "AT RISK", "RESERVED"]]
      rows += report.rows.map { cells($0.name, $0.tally) }
      if report.rows.count > 1 { rows.append(cells("all", report.total)) }
      Console.table(rows)
    }
    for line in status.lines { Console.narrate(line.sentence) }
  }

  private static func cells(_ name: String, _ tally: Tally) -> [String] {
    [name, "\(tally.spent[Balances.pictures])"]
      + [tally.spent, tally.atRisk, tally.reserved].map { $0.isEmpty ? "-" : $0.shownMoney }
  }
}

/// What the service, if there is one, knows of jobs that are over.
private enum ServiceWord: Sendable {
  case none
  case over(Set<JobID>)
  /// There is one that does not answer, as a sentence says.
  case silent(String)

  init(of workspace: Workspace) async {
    do throws(StudioError) {
      let locator = ServiceLocator(workspace: workspace, patience: .seconds(3))
      guard let jobs = try await locator.running()?.client.jobs() else {
        self = .none
        return
      }
      self = .over(Set(jobs.filter(\.state.isFinal).compactMap { JobID($0.id) }))
    } catch {
      self = error.code == .unreachable ? .none : .silent(CommandFailure(error).message)
    }
  }
}

/// What `cost --json` prints: one document, whatever it has to tell.
private struct CostDocument: Encodable {
  var rows: [CostReport.Row]
  var budget: [Limit]

  /// `{"period":"day","unit":"USD","limit":5000000,"spent":40000,"at_risk":0,"reserved":0,"left":4960000}`:
  /// money in millionths.
  struct Limit: Encodable {
    var line: LedgerStatus.Line

    private enum Key: String, CodingKey {
      case period, unit, limit, spent, reserved, left
      case atRisk = "at_risk"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(line.period, forKey: .period)
      try container.encode(line.unit, forKey: .unit)
      try container.encode(line.limit, forKey: .limit)
      try container.encode(line.spent, forKey: .spent)
      try container.encode(line.atRisk, forKey: .atRisk)
      try container.encode(line.reserved, forKey: .reserved)
      try container.encode(line.left, forKey: .left)
    }
  }
}

/// The accounts of a ledger, added up by what they have in common.
struct CostReport {
  enum Grouping: String, CaseIterable {
    case day, model, provider
  }

  struct Row: Encodable {
    var name: String
    var tally: Tally
    let grouping: Grouping

    private struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.init(stringValue) }
      init?(intValue: Int) { nil }
    }

    /// `{"day":"2026-11-21","spent":{"USD":40000,"pictures":1},"at_risk":{},"reserved":{}}`: money in
    /// millionths.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(name, forKey: Key(grouping.rawValue))
      try container.encode(tally.spent.units, forKey: Key("spent"))
      try container.encode(tally.atRisk.units, forKey: Key("at_risk"))
      try container.encode(tally.reserved.units, forKey: Key("reserved"))
    }
  }

  let grouping: Grouping
  /// In the order of their names.
  let rows: [Row]
  private(set) var total = Tally()

  /// - Parameter since: Accounts of earlier days are left out; what is reserved is of today.
  init(_ ledger: Ledger, by grouping: Grouping, since: String?, catalogue: ModelCatalogue) {
    self.grouping = grouping
    var tallies: [String: Tally] = [:]
    for account in ledger.accounts.values where account.isPaid {
      if let since, account.day < since, account.phase != .reserved { continue }
      let name =
        switch grouping {
        case .day: account.day
        case .provider: account.provider
        case .model:
          catalogue.model(named: account.family?.rawValue ?? account.model)?.name ?? account.model
        }
      tallies[name, default: Tally()].add(account)
      total.add(account)
    }
    rows =
      tallies.filter { !$0.value.total.isEmpty }
      .map { Row(name: $0.key, tally: $0.value, grouping: grouping) }
      .sorted { $0.name < $1.name }
  }
}

extension LedgerStatus.Line {
  /// `budget of today: $4.80 of $5.00 left, $0.20 spent`.
  fileprivate var sentence: String {
    let most = Balances.shown(limit, unit)
    if period == .run { return "budget of one send: at most \(most)" }
    var parts = ["\(Balances.shown(spent, unit)) spent"]
    if atRisk > 0 { parts.append("\(Balances.shown(atRisk, unit)) at risk") }
    if reserved > 0 { parts.append("\(Balances.shown(reserved, unit)) reserved") }
    let time = period == .day ? "today" : "this month"
    return "budget of \(time): \(Balances.shown(left, unit)) of \(most) left, "
      + parts.joined(separator: ", ")
  }
}
