internal import Glibc

/// The environment variables this process was started with.
package enum Environment {
  /// The value of a variable; nil where it is unset, empty, or not UTF-8.
  package static func value(_ name: String) -> String? {
    guard let text = unsafe getenv(name), let value = unsafe String(validatingCString: text),
      !value.isEmpty
    else { return nil }
    return value
  }

  /// All variables by name, to be changed and handed to a child. Entries that are not UTF-8 or have no
  /// name are left out.
  package static var all: [String: String] {
    var variables: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      if let line = unsafe String(validatingCString: text), let sign = line.firstIndex(of: "=") {
        variables[String(line[..<sign])] = String(line[line.index(after: sign)...])
      }
      unsafe entry += 1
    }
    return variables
  }
}
