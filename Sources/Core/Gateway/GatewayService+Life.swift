import HTTP
import Seedream

extension GatewayService {
  /// The header in which a reply says that its model ends, or has ended, as far as anybody knows.
  static let noticeHeader = "X-Model-Notice"

  /// The sentence about a request's model, with what follows it and what that costs; nil where it is offered.
  ///
  /// Said beside every reply, the refusals too: it is often their reason. Nothing is held back for it.
  func lifeSentence(of reading: RequestReader.Reading, at endpoint: Endpoint) -> String? {
    let catalogue = reader.catalogue
    if endpoint == .edit, let end = reader.endOfEditModel {
      let price = reader.dialect.highestCost(of: reading.request, for: reading.model)
      return "\(end.words); requests to this endpoint name no model, and are drawn by "
        + "\(reader.nameOfStandard(at: endpoint)) (\(price.map { "at most \($0)" } ?? "price not known"))."
    }
    guard let model = reading.model, let notice = notices()[model.family.rawValue] else {
      return nil
    }
    return catalogue.problem(of: notice, for: reading.request, pricing: reader.dialect.pricing)
      .message
  }

  /// Why the edit endpoint does not draw with the model that its page describes; nil where it does.
  var modelSentence: String? {
    reader.endOfEditModel.map {
      "\($0.words): requests to \(Endpoint.edit.rawValue), which name no model, are drawn by "
        + reader.nameOfStandard(at: .edit)
    }
  }

  /// As a header that every client reads; nil without a sentence.
  static func header(_ sentence: String?) -> [HTTPHeader] {
    guard let sentence else { return [] }
    let words = sentence.replacing("¥", with: "CNY ").unicodeScalars.map {
      (0x20...0x7E).contains($0.value) ? Character($0) : "?"
    }
    return [HTTPHeader(noticeHeader, String(words))]
  }
}
