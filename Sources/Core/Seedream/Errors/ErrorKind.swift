/// One row of the table of errors: what a code means to a user and to the retry loop.
struct ErrorKind: Sendable {
  /// The code; a longer dotted code falls back to the longest row that is a prefix of it.
  var code: String
  var retry: RetryAdvice
  /// One sentence: what happened.
  var happened: String
  /// One sentence: what to do; empty where the first says it.
  var advice: String
  /// Whether the provider's words belong after the first sentence.
  var quotesMessage: Bool

  init(
    _ code: String, _ retry: RetryAdvice, _ happened: String, _ advice: String = "",
    quotesMessage: Bool = false
  ) {
    self.code = code
    self.retry = retry
    self.happened = happened
    self.advice = advice
    self.quotesMessage = quotesMessage
  }

  /// A row whose request is never sent again unchanged: the usual one.
  init(
    _ code: String, _ happened: String, _ advice: String = "", quotesMessage: Bool = false
  ) {
    self.init(code, .never, happened, advice, quotesMessage: quotesMessage)
  }
}

/// Whether sending the same request again may help, when the provider has answered.
///
/// Never consulted where no answer came: such a request may have run and been billed.
public enum RetryAdvice: Equatable, Sendable {
  /// The same request gets the same answer.
  case never
  /// Again after a pause that grows; `Retry-After` wins.
  case backOff
  /// The same, at most this often.
  case limited(Int)
  /// Once, no sooner than after this many seconds.
  case once(afterSeconds: Int)
  /// Again with fewer requests at a time.
  case fewerAtOnce
}
