/// What goes wrong in a round.
enum RoundKind: String, CaseIterable, Sendable {
  case service
  case frontEnd = "front-end"
  case cut
  case stall
  case storm
  case address
  case picture
  case fullDisk = "full-disk"
  case readOnly = "read-only"
  case vanished
  case clock
  case odd
  case poll
  case retry

  /// As the table says it.
  var title: String {
    switch self {
    case .service: "kill -9 of the service"
    case .frontEnd: "kill -9, SIGHUP of the front end"
    case .cut: "connection cut at any byte"
    case .stall: "stalled server"
    case .storm: "storm of 429 and 500"
    case .address: "expired address"
    case .picture: "truncated picture, wrong length"
    case .fullDisk: "full disk"
    case .readOnly: "read-only gallery"
    case .vanished: "vanished mount"
    case .clock: "clock set back"
    case .odd: "odd replies"
    case .poll: "failing polls, kill -9 between"
    case .retry: "libraries that retry"
    }
  }

  /// How many rounds the long form has.
  var rounds: Int {
    switch self {
    case .service: 200
    case .frontEnd: 20
    case .cut, .odd: 60
    case .stall, .storm, .picture, .poll: 20
    case .retry: 40
    case .address, .clock: 12
    case .fullDisk: 10
    case .readOnly, .vanished: 8
    }
  }

  /// How many of the twenty rounds of the short form it has.
  var roundsInShort: Int {
    switch self {
    case .service: 8
    case .cut, .odd: 3
    case .retry: 2
    case .frontEnd, .stall, .storm, .address, .picture, .fullDisk, .readOnly, .vanished, .clock,
      .poll:
      1
    }
  }

  /// Whether the gallery lies on a file system of its own.
  var needsMount: Bool {
    switch self {
    case .fullDisk, .readOnly, .vanished: true
    default: false
    }
  }

  /// Whether the provider's word on what it drew reaches the program in every round.
  var tellsCost: Bool {
    switch self {
    case .odd, .address, .picture, .poll, .retry: true
    default: false
    }
  }

  /// In which states a job may end that the provider never took: the user has to have been told why.
  var unsentStates: Set<String> {
    switch self {
    case .frontEnd, .cut, .address, .picture, .odd: []
    case .stall: ["cancelled"]
    case .service, .clock, .poll: ["unknown"]
    case .retry: ["failed"]
    case .fullDisk, .readOnly, .vanished: ["cancelled", "unknown"]
    case .storm: ["cancelled", "unknown", "failed"]
    }
  }
}
