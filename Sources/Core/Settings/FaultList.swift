/// Takes down what is wrong in a file and goes on, so that all mistakes are told at once.
struct FaultList {
  private var faults: [SettingsError] = []

  /// Whether nothing is wrong so far.
  var isEmpty: Bool { faults.isEmpty }

  mutating func add(_ fault: SettingsError) { faults += fault.all }

  /// What a part of the file says; nil where it is silent or wrong.
  mutating func attempt<Value>(_ body: () throws(SettingsError) -> Value?) -> Value? {
    do throws(SettingsError) {
      return try body()
    } catch {
      add(error)
      return nil
    }
  }

  /// - Throws: The first mistake of the file, with all the others.
  func check() throws(SettingsError) {
    let sorted = faults.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }.map(\.element)
    guard var first = sorted.first else { return }
    first.others = Array(sorted.dropFirst())
    throw first
  }
}
