/// The readable end of a file name: a prompt reduced to letters, digits and single dashes.
///
/// Nothing in it means anything to a shell, a path or a terminal, whatever the prompt was. Letters of
/// every script stay.
package enum Slug {
  /// East Asian letters count two.
  package static let maximumColumns = 40
  /// Far below the 255 a file name may have, so that id, time and endings always fit.
  package static let maximumBytes = 120
  /// What stands for a prompt without a letter or digit.
  package static let placeholder = "picture"

  /// The slug of a prompt; never empty, never with a dash at either end.
  package static func make(_ prompt: String) -> String {
    var slug = ""
    var columns = 0
    var isBetweenWords = false
    // Long prompts are not read to their end.
    for character in prompt.prefix(400) {
      let letters = letters(of: character)
      guard !letters.isEmpty else {
        isBetweenWords = true
        continue
      }
      let width = letters.unicodeScalars.contains { $0.isEastAsian } ? 2 : 1
      let needsDash = isBetweenWords && !slug.isEmpty
      columns += width + (needsDash ? 1 : 0)
      let bytes = slug.utf8.count + letters.utf8.count + (needsDash ? 1 : 0)
      if columns > maximumColumns || bytes > maximumBytes {
        return cutAtWord(slug, isBetweenWords: isBetweenWords)
      }
      slug += needsDash ? "-" + letters : letters
      isBetweenWords = false
    }
    return slug.isEmpty ? placeholder : slug
  }

  /// At most one letter and two marks of a character, so that stacked marks cannot grow a name.
  private static func letters(of character: Character) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in character.lowercased().unicodeScalars where scalar.isWordPart {
      let isMark = scalar.properties.canonicalCombiningClass != .notReordered
      if kept.isEmpty, isMark { continue }
      kept.append(scalar)
      if kept.count == 3 { break }
    }
    return String(kept)
  }

  /// A name that ends in half a word reads badly; one without a dash to cut at stays as it is.
  private static func cutAtWord(_ slug: String, isBetweenWords: Bool) -> String {
    guard !isBetweenWords, let dash = slug.lastIndex(of: "-"),
      slug.distance(from: slug.startIndex, to: dash) >= maximumColumns / 4,
      slug[dash...].unicodeScalars.allSatisfy({ !$0.isEastAsian })
    else { return slug }
    return String(slug[..<dash])
  }
}
