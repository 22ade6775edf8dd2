/// What happened since the client's thread last slept.
final class CurlRound {
  /// The transfers of which anything came or went, each once.
  var touched: [CurlTransfer] = []
}
