internal import Seedream

/// The text by which Stable Diffusion's web interface describes a picture, and most galleries read it.
///
/// Written for others, never read back: it cannot carry references, sets or line breaks.
enum GenerationText {
  /// The prompt on one line, then the values.
  ///
  /// Readers demand at least three values, a sampler, a schedule and a number of steps; none of these
  /// exists here, so they are placeholders. A seed is named only if one was sent.
  static func text(_ origin: PictureOrigin, width: Int, height: Int) -> String {
    var values = ["Steps: 1", "Sampler: Seedream", "Schedule type: API"]
    if let seed = origin.request?.seed { values.append("Seed: \(seed)") }
    values.append("Size: \(width)x\(height)")
    if let model = origin.modelAnswered ?? origin.request?.model, !model.isEmpty {
      values.append("Model: \(oneLine(model).replacing(",", with: " "))")
    }
    values.append("Version: \(origin.program)")
    return oneLine(origin.request?.prompt ?? "") + "\n" + values.joined(separator: ", ")
  }

  /// The text without control characters and line breaks.
  static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
  }
}
