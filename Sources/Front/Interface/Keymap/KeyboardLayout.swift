import Screen

/// Command letters on keyboards that type another script: the key in the same place counts.
enum KeyboardLayout {
  private static let places: [Character: Character] = {
    let latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,./QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
    let others = [
      "йцукенгшщзхъфывапролджэячсмитьбю.ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,",
      ";ςερτυθιοπ[]ασδφγηξκλ΄'ζχψωβνμ,./:΅ΕΡΤΥΘΙΟΠ{}ΑΣΔΦΓΗΞΚΛ¨\"ΖΧΨΩΒΝΜ<>?",
    ]
    var places: [Character: Character] = [:]
    for other in others {
      for (key, letter) in zip(other, latin) where !key.isASCII { places[key] = letter }
    }
    return places
  }()

  /// The key of a Latin keyboard in the same place; nil where there is none.
  static func latin(_ key: Key) -> Key? {
    guard case .character(let character) = key.code, let letter = places[character] else {
      return nil
    }
    return Key(.character(letter), key.modifiers)
  }
}
