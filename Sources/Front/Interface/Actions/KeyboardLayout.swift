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

  /// What xterm without its mode 1036 makes of Alt and a key: the character 128 further on. Some keyboards
  /// have those characters, so that it counts only where nothing is typed.
  static func alt(_ key: Key) -> Key? {
    guard case .character(let character) = key.code, key.modifiers.isEmpty,
      character.unicodeScalars.count == 1, let value = character.unicodeScalars.first?.value,
      (0xA1...0xFE).contains(value), let plain = Unicode.Scalar(value - 0x80)
    else { return nil }
    return Key(.character(Character(plain)), .alt)
  }

  /// The key of a Latin keyboard in the same place; nil where there is none.
  static func latin(_ key: Key) -> Key? {
    guard case .character(let character) = key.code, let letter = places[character] else {
      return nil
    }
    return Key(.character(letter), key.modifiers)
  }
}
