/// Text as it goes into the full-text index, and questions to it.
///
/// SQLite's `unicode61` tokenizer makes one word of a run of East Asian letters, so that a part of it
/// is never found. A space around each of them makes every letter a word, and a phrase of letters
/// finds them side by side: as fast as English and smaller than trigrams.
enum SearchText {
  /// The text with a space around each East Asian letter.
  static func indexed(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.isEastAsian {
        result.append(contentsOf: [" ", scalar, " "])
      } else {
        // NUL would end the text for SQLite's tokenizer.
        result.append(scalar == "\0" ? " " : scalar)
      }
    }
    return String(result)
  }

  /// What a user typed as a question of FTS5: every word must be there, the last one may be unfinished.
  ///
  /// Nil when there is no letter or digit in it.
  static func query(_ text: String) -> String? {
    let words = text.prefix(1000).split(whereSeparator: \.isWhitespace).filter { word in
      word.unicodeScalars.contains { $0.isWordPart || $0.properties.numericType != nil }
    }
    guard let last = words.last else { return nil }
    let phrases = words.map { word in
      "\"" + indexed(word.replacing("\"", with: " ")) + "\""
    }
    let isUnfinished = !(text.last?.isWhitespace ?? true)
    let endsInWord = last.unicodeScalars.last.map { !$0.isEastAsian && $0.isWordPart } ?? false
    return phrases.joined(separator: " ") + (isUnfinished && endsInWord ? "*" : "")
  }
}
