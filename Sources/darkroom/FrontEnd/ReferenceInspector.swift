import Gallery
import Imaging
import Interface
import Posix
import Seedream

/// Looks at what was typed or pasted as a reference: an address, a picture of the gallery, a file.
struct ReferenceInspector {
  let gallery: GalleryAccess

  /// The answer to `inspectReference`.
  func action(token: Int, _ typed: String) -> AppAction {
    let text = Self.unquoted(typed)
    let lowered = text.lowercased()
    if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") {
      let name = String(text.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last ?? "")
      return .referenceInspected(
        token: token, ReferenceFacts(reference: .url(text), name: name.isEmpty ? text : name))
    }
    if PictureID(text) != nil, !FileSystem.exists(text) {
      guard let picture = try? gallery.makeIndex().pictureAnywhere(text) else {
        return .referenceRefused(
          token: token, message: "There is no picture '\(text)' in the gallery.")
      }
      return .referenceInspected(token: token, ReferenceFacts(picture))
    }
    // A shortened id, as the commands take it.
    if !text.contains("/"), !text.contains("."), !FileSystem.exists(text),
      let picture = try? gallery.makeIndex().pictureAnywhere(text)
    {
      return .referenceInspected(token: token, ReferenceFacts(picture))
    }
    do {
      return file(token: token, try FileAddress.path(text) ?? Self.path(text))
    } catch {
      return .referenceRefused(token: token, message: Failures.sentence(error) + ".")
    }
  }

  private func file(token: Int, _ path: String) -> AppAction {
    do {
      let header = try PixelDecoder.header(file: path)
      let size = try FileInformation(of: path).size
      guard min(header.width, header.height) > 14 else {
        return .referenceRefused(
          token: token,
          message:
            "'\(path)' is \(header.width)x\(header.height): each side needs 15 pixels or more.")
      }
      return .referenceInspected(
        token: token,
        ReferenceFacts(
          reference: .file(path), name: FileSystem.name(of: path),
          format: ImageFormat(rawValue: header.format.rawValue), width: header.width,
          height: header.height, byteCount: size))
    } catch let error as ImagingError {
      return .referenceRefused(token: token, message: "'\(path)': \(error.message)")
    } catch {
      return .referenceRefused(token: token, message: "The reference cannot be used: \(error).")
    }
  }

  /// Terminals and shells quote what is dragged into them.
  private static func unquoted(_ typed: String) -> String {
    let text = typed.trimmingWhitespace()
    for quote in ["'", "\""] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote)
    {
      return String(text.dropFirst().dropLast())
    }
    return text
  }

  /// Absolute: `~` is the home directory, others begin where the program was started.
  static func path(_ text: String) -> String {
    guard text == "~" || text.hasPrefix("~/"), let home = ThisProcess.homeDirectory else {
      return text.isAbsolutePath
        ? text : (try? FileSystem.realPath(".")).map { $0 + "/" + text } ?? text
    }
    return home + text.dropFirst()
  }
}

extension ReferenceFacts {
  fileprivate init(_ picture: PictureRecord) {
    self.init(
      reference: .picture(picture.id.description), name: picture.id.description,
      format: picture.format.image, width: picture.width, height: picture.height,
      byteCount: picture.byteCount)
  }
}

extension String {
  /// Without white space at its ends.
  func trimmingWhitespace() -> String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
