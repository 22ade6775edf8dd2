/// The words of a prompt, ready to be looked up: English ones by their beginning, Chinese ones
/// wherever they stand.
package struct PromptWords {
  private let text: String
  private let words: [String]

  package init(_ prompt: String) {
    // Enough to find every motif in; a prompt may be as long as a request.
    text = String(prompt.prefix(4000)).lowercased()
    words = text.split { !$0.isLetter || !$0.isASCII }.map(String.init)
  }

  /// Where the first of the terms stands, counted in words; nil when none does.
  ///
  /// A term is matched with the endings that English gives nouns and adjectives. Terms of two words
  /// are matched in order, terms that are not ASCII anywhere.
  package func place(of terms: [String]) -> Int? {
    terms.compactMap(place).min()
  }

  /// Whether one of the terms stands anywhere.
  package func contains(_ terms: [String]) -> Bool { place(of: terms) != nil }

  /// Whether the word is there in its plural.
  func isPlural(_ terms: [String]) -> Bool {
    terms.contains { words.contains($0 + "s") || words.contains($0 + "es") }
      || contains(["many", "several", "dozen", "thousand", "许多", "群", "几"])
  }

  private func place(of term: String) -> Int? {
    guard term.utf8.allSatisfy({ $0 < 128 }) else {
      guard let range = text.firstRange(of: term) else { return nil }
      return text.distance(from: text.startIndex, to: range.lowerBound)
    }
    let parts = term.split(separator: " ").map(String.init)
    return words.indices.first { start in
      start + parts.count <= words.count
        && zip(parts, words[start...]).allSatisfy { Self.matches($1, $0) }
    }
  }

  private static func matches(_ word: String, _ term: String) -> Bool {
    guard word.hasPrefix(term) else { return false }
    let ending = word.dropFirst(term.count)
    // "Misty" is of mist, but "many" is not of man.
    if ending == "y" { return term.count > 3 }
    return ["", "s", "es", "gy", "ny", "ed", "ing", "ish"].contains(ending)
  }
}
