import Seedream

/// Something in a request that keeps it from being sent on.
struct MemberFault: Equatable, Sendable {
  enum Kind: String, Sendable {
    case missing
    case wrongType = "type_error"
    case wrongValue = "value_error"
    case unsupported = "value_error.unsupported"
    case unknownModel = "value_error.model"
  }

  var path: [String]
  var kind: Kind
  /// The rule, in the words of the live service where they are known.
  var reason: String
  /// What would be taken instead.
  var legal: [String] = []

  /// The member, `sequential_image_generation_options.max_images`.
  var name: String { path.joined(separator: ".") }

  static func missing(_ path: [String]) -> MemberFault {
    MemberFault(path: path, kind: .missing, reason: "is required")
  }

  static func wrongType(_ path: [String], wanted: String) -> MemberFault {
    MemberFault(path: path, kind: .wrongType, reason: "must be \(wanted)")
  }

  static func wrongValue(_ path: [String], _ reason: String, legal: [String] = []) -> MemberFault {
    MemberFault(path: path, kind: .wrongValue, reason: reason, legal: legal)
  }

  static func unsupported(_ name: String) -> MemberFault {
    MemberFault(
      path: [name], kind: .unsupported,
      reason: ServiceWords.unsupported(name))
  }

  /// The order in which the live service looks: what is missing and the model, then what the model takes,
  /// then size, references and the set. The first is told where only one can be.
  var rank: Int {
    switch kind {
    case .missing, .wrongType: 0
    case .unknownModel: 1
    case .unsupported: 2
    case .wrongValue:
      switch path.first {
      case "size": 4
      case "image": 5
      case "sequential_image_generation_options", "n", "num_images": 6
      default: 3
      }
    }
  }
}
