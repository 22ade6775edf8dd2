/// Several paths on one line, as a person types them or a terminal pastes what is dragged into it.
enum PathWords {
  /// The paths: white space separates, quotes and backslashes keep it together, as in a shell.
  static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let whole = word { words.append(whole) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words.filter { !$0.isEmpty }
  }

  /// The word at the end of a line, as it stands for a path, and the character at which it begins; empty
  /// behind white space.
  static func last(of line: String) -> (start: Int, word: String) {
    let characters = Array(line)
    var start = 0
    var quote: Character?
    var isEscaped = false
    for (place, character) in characters.enumerated() {
      if isEscaped {
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character.isWhitespace {
        start = place + 1
      }
    }
    return (start, split(String(characters[start...])).first ?? "")
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
