internal import Seedream

/// An XMP packet (ISO 16684-1) with the IPTC properties about pictures made by machines (IPTC Photo
/// Metadata Standard 2025.1).
enum XMP {
  private static let birthOpening = "<darkroom:birth>"
  private static let birthClosing = "</darkroom:birth>"

  /// - Parameter json: The birth record for our own recovery, or nil to leave it out.
  static func packet(_ origin: PictureOrigin, json: String?) -> [UInt8] {
    var properties = [
      ("xmp:CreatorTool", origin.program),
      ("xmp:CreateDate", origin.created.description),
      (
        "Iptc4xmpExt:DigitalSourceType",
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
      ),
      ("Iptc4xmpExt:AISystemUsed", "Seedream"),
    ]
    if let model = origin.modelAnswered ?? origin.request?.model, !model.isEmpty {
      properties.append(("Iptc4xmpExt:AISystemVersionUsed", model))
    }
    if let prompt = origin.request?.prompt, !prompt.isEmpty {
      properties.append(("Iptc4xmpExt:AIPromptInformation", prompt))
    }
    let lines = properties.map { "   <\($0.0)>\(escaped($0.1))</\($0.0)>" }
    let record = json.map { ["   \(birthOpening)\(withoutMarkup($0))\(birthClosing)"] } ?? []
    let text = """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
       <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about=""
          xmlns:xmp="http://ns.adobe.com/xap/1.0/"
          xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
          xmlns:darkroom="urn:darkroom:metadata:1#">
      \((lines + record).joined(separator: "\n"))
        </rdf:Description>
       </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="r"?>
      """
    return Array(text.utf8)
  }

  /// The birth record in a packet of ours.
  static func origin(_ packet: String) -> String? {
    guard let opening = packet.firstRange(of: birthOpening),
      let closing = packet[opening.upperBound...].firstRange(of: birthClosing)
    else { return nil }
    return String(packet[opening.upperBound..<closing.lowerBound])
  }

  /// JSON that needs no escapes of XML: what means something there is written as JSON's own escape.
  private static func withoutMarkup(_ json: String) -> String {
    json.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar.value {
      case 0x26, 0x3C, 0x3E: result += "\\u00" + String(scalar.value, radix: 16)
      case 0xFFFE, 0xFFFF: result += "\\u" + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// Text as XML 1.0 allows it; a character it has no place for becomes U+FFFD.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      case 0x3E: result += "&gt;"
      // A bare carriage return would be read as a line feed.
      case 0x0D: result += "&#13;"
      case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
