/// Several paths on one line, as a user types them or a terminal pastes what is dragged into it.
enum PathWords {
  /// The paths: white space separates, quotes and backslashes keep it together, as in a shell.
  static func split(_ line: String) -> [String] {
    let read = read(line)
    return (read.words + [read.last]).filter { !$0.isEmpty }
  }

  /// The word at the end of a line, as it stands for a path, and the character at which it begins; empty
  /// behind white space.
  static func last(of line: String) -> (start: Int, word: String) {
    let read = read(line)
    return (read.start, read.last)
  }

  /// The words that white space ends, and what stands behind the last of it, from `start` on.
  private static func read(_ line: String) -> (words: [String], start: Int, last: String) {
    var words: [String] = []
    var (start, word) = (0, "")
    var quote: Character?
    var isEscaped = false
    for (place, character) in line.enumerated() {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character.isWhitespace {
        words.append(word)
        (start, word) = (place + 1, "")
      } else {
        word.append(character)
      }
    }
    return (words, start, word)
  }

  /// The line with another word at its end, quoted where it must be.
  static func completing(_ line: String, with word: String) -> String {
    let special: Set<Character> = [" ", "\t", "'", "\"", "\\"]
    let quoted = word.reduce(into: "") { text, character in
      if special.contains(character) { text.append("\\") }
      text.append(character)
    }
    return String(line.prefix(last(of: line).start)) + quoted
  }
}
