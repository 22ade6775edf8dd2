/// Finds the pictures of a JSON text, wherever they stand in it and whatever their field is called.
///
/// What a field's name says is in `FieldName`; the forms that are known to occur are listed in WIRE.md.
struct PictureSearch {
  enum Finding: Equatable {
    /// An image that stood in the text.
    case image(Int)
    /// A picture in base64 that nobody has decoded yet, since it stood in a text within the text.
    case base64(String)
    /// An absolute address.
    case address(String)
    /// A member of a list of results that says why it is no picture.
    case refused
    /// A field or member that should have been a picture and cannot be read as one.
    case unread
  }

  /// A finding, and where the object stands in the text that has it; nil where that is another text.
  struct Found: Equatable {
    var finding: Finding
    var object: Range<Int>?

    var isPicture: Bool {
      switch finding {
      case .image, .base64, .address: true
      case .refused, .unread: false
      }
    }
  }

  /// Where the request went.
  private let base: String?
  /// Addresses that were sent with it: they are no results.
  private let sent: Set<String>
  private(set) var found: [Found] = []
  private var seen: Set<String> = []
  /// How many texts there are around this one.
  private var layers = 0

  /// Whether results were found before, so that fields which requests have too repeat the request.
  private var hasResults = false
  private var echoes = Echoes.besideNothing
  /// Images that are damaged, or do not begin like a picture.
  private var weak: Set<Int> = []

  /// When fields that requests have too, such as `image`, are taken for results; beside others never.
  enum Echoes { case besideNothing, withoutPrompt, none }

  /// - Parameters:
  ///   - isMember: The text is one member of a list of results.
  ///   - hasResults: Results were found in other parts of the text.
  ///   - weak: Images of the text that may be none: they give way to an address beside them.
  init(
    _ tree: JSONTree, isMember: Bool, hasResults: Bool = false,
    echoes: Echoes = .besideNothing, weak: Set<Int> = [], base: String?, sent: Set<String>
  ) {
    (self.base, self.sent, self.hasResults) = (base, sent, hasResults)
    (self.echoes, self.weak) = (echoes, weak)
    isMember ? member(tree, isAnnounced: true) : walk(tree, "", in: nil)
  }

  /// The images that stand in a text between its words, and the addresses it shows as pictures.
  init(text: String, base: String?, sent: Set<String>) {
    (self.base, self.sent) = (base, sent)
    words(text, in: nil)
  }

  private mutating func walk(_ tree: JSONTree, _ name: String, in object: Range<Int>?) {
    switch tree {
    case .object(let fields, let range):
      self.object(fields, layers == 0 ? range : nil)
    case .list(let elements):
      let field = FieldName(name)
      for element in elements {
        switch element {
        case .object where field.isResults: member(element)
        case .other where field.isResults: add(.unread, in: object)
        default: walk(element, name, in: object)
        }
      }
    case .string(let text): string(text, FieldName(name), in: object)
    case .other, .null: break
    }
  }

  /// One element of a list of results.
  ///
  /// - Parameter isAnnounced: It is known to stand for a picture, whatever type it names.
  private mutating func member(_ tree: JSONTree, isAnnounced: Bool = false) {
    let before = found.count
    walk(tree, "", in: nil)
    guard case .object(let fields, let range) = tree, found.count == before else { return }
    // A part of a message is not a picture that is missing.
    let type = fields.lazy.compactMap { field in
      if field.name == "type", case .string(let type) = field.value { type } else { nil }
    }.first
    let isRefused = fields.contains { field in
      switch field.value {
      case .other, .null: false
      default: FieldName(field.name).isError
      }
    }
    if !isAnnounced, !isRefused, let type, !type.contains("image") { return }
    add(isRefused ? .refused : .unread, in: layers == 0 ? range : nil)
  }

  private mutating func object(_ fields: [(name: String, value: JSONTree)], _ range: Range<Int>?) {
    var later: [(name: String, value: JSONTree)] = []
    // Results first; then what a request has too, if they were none. Bytes go before addresses, which are of
    // the same picture.
    var inline: [(name: String, value: JSONTree)] = []
    var doubtful: [(name: String, value: JSONTree)] = []
    var addresses: [(name: String, value: JSONTree)] = []
    let hasPrompt = fields.contains { $0.name == "prompt" }
    let skipsEchoes = echoes == .none || echoes == .withoutPrompt && hasPrompt
    for field in fields {
      let name = FieldName(field.name)
      if name.isNoResult || skipsEchoes && name.isOfRequestsToo { continue }
      if case .string(let text) = field.value {
        let images = InlineImage.numbers(in: text)
        if !images.isEmpty {
          if weak.isSuperset(of: images) { doubtful.append(field) } else { inline.append(field) }
        } else {
          addresses.append(field)
        }
      } else {
        later.append(field)
      }
    }
    let isEcho = { (name: String) in FieldName(name).isOfRequestsToo }
    let results = later.filter { !isEcho($0.name) }
    // Where the picture itself may have been found, rather than layers and other parts of it.
    var parts: [Range<Int>] = []
    var hasResults = hasResults
    for field in results {
      let before = found.count
      walk(field.value, field.name, in: range)
      // Of layers and other parts the picture itself is none.
      let name = FieldName(field.name)
      if name.isResults && found[before...].contains(where: \.isPicture)
        || name.isPicture && found[before...].contains(where: isGood)
      {
        hasResults = true
      }
      if name.isPicture, !name.isResults { parts.append(before..<found.count) }
    }
    for field in inline where !(hasResults && isEcho(field.name)) {
      walk(field.value, field.name, in: range)
    }
    if !(hasResults && hasPrompt) {
      for field in later where isEcho(field.name) {
        let before = found.count
        walk(field.value, field.name, in: range)
        if !FieldName(field.name).isResults { parts.append(before..<found.count) }
      }
    }
    let names = addresses.sorted { Self.rank($0.name) < Self.rank($1.name) }
    var hasPicture = hasResults || !inline.isEmpty
    for field in names {
      // One picture has many addresses: a CDN's, a page's, the original's.
      if hasPicture, FieldName(field.name).isAddress || isEcho(field.name) { continue }
      let before = found.count
      walk(field.value, field.name, in: range)
      guard !hasPicture, found[before...].contains(where: isGood) else { continue }
      hasPicture = true
      let all = found
      found = all.indices.filter { place in
        isGood(all[place]) || !all[place].isPicture || !parts.contains { $0.contains(place) }
      }.map { all[$0] }
    }
    guard !hasPicture else { return }
    for field in doubtful { walk(field.value, field.name, in: range) }
  }

  private func isGood(_ found: Found) -> Bool {
    if case .image(let number) = found.finding { !weak.contains(number) } else { found.isPicture }
  }

  /// The fields that mean the picture itself come before those that may mean another copy of it.
  private static func rank(_ name: String) -> Int {
    ["url", "image_url", "imageUrl"].firstIndex(of: name) ?? 9
  }

  private mutating func string(_ text: String, _ name: FieldName, in object: Range<Int>?) {
    let images = InlineImage.numbers(in: text)
    if !images.isEmpty {
      for image in images { add(.image(image), in: object) }
      if name.isText { words(text, in: object) }
      return
    }
    let trimmed = text.trimmed
    if let first = trimmed.first, first == "{" || first == "[", layers < 3,
      let tree = JSONTree(Array(trimmed.utf8))
    {
      layers += 1
      walk(tree, "", in: nil)
      layers -= 1
      return
    }
    if layers > 0, isImage(trimmed, name) { return add(.base64(trimmed), in: object) }
    if name.isAddress || name.isPicture {
      let written = WrittenAddresses(trimmed).found
      let read = written.compactMap { address($0, isNamed: name.isAddress) }
      for address in read { add(.address(address), in: object) }
      if !read.isEmpty { return }
      if name.isAddress, WebAddress.scheme(of: trimmed) != nil { return add(.unread, in: object) }
    }
    if name.isText { words(text, in: object) }
  }

  private func isImage(_ text: String, _ name: FieldName) -> Bool {
    var probe = StringProbe(isNamedBase64: name.isBase64)
    var finding = StringProbe.Finding.undecided
    for letter in text.utf8.prefix(400) where finding == .undecided { finding = probe.take(letter) }
    if finding == .undecided { finding = probe.end() }
    if case .image = finding { return true }
    return false
  }

  /// - Parameter isNamed: The field is called an address: then it may be relative, if it looks like one.
  private func address(_ text: String, isNamed: Bool) -> String? {
    let hasScheme = WebAddress.scheme(of: text) != nil && text.contains("://")
    if !hasScheme {
      let isPath =
        text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../")
        || WebAddress.namesPicture(text)
      guard isPath || isNamed && text.contains("/") else { return nil }
    }
    return WebAddress.absolute(text, base: base)
  }

  private mutating func add(_ finding: Finding, in object: Range<Int>?) {
    switch finding {
    case .address(let address):
      guard !sent.contains(address), seen.insert(address).inserted else { return }
    case .image(let number):
      guard seen.insert("\(number)").inserted else { return }
    case .base64(let text):
      guard seen.insert(text).inserted else { return }
    case .refused, .unread: break
    }
    found.append(Found(finding: finding, object: object))
  }

  // MARK: Pictures between words

  /// `![words](address)`, `<img src="address">`, links and addresses that end like a picture's name, and a
  /// text that is one address.
  private mutating func words(_ text: String, in object: Range<Int>?) {
    for image in InlineImage.numbers(in: text) { add(.image(image), in: object) }
    let written = WrittenAddresses(text.trimmed).found
    if written.allSatisfy({
      WebAddress.scheme(of: $0) != nil && !$0.contains(where: \.isWhitespace)
    }) {
      let read = written.compactMap { address($0, isNamed: true) }
      for address in read { add(.address(address), in: object) }
      if !read.isEmpty { return }
    }
    for (target, isImage) in MarkdownTargets(text).found {
      guard isImage || WebAddress.namesPicture(target),
        let address = address(target, isNamed: isImage)
      else { continue }
      add(.address(address), in: object)
    }
  }
}
