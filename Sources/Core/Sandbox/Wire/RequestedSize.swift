import SandboxArt
import Seedream

/// Finds the pixels of a size in the notation of the wire.
struct RequestedSize {
  private let model: Model
  private let words: PromptWords

  init(_ model: Model, prompt: String) {
    self.model = model
    words = PromptWords(prompt)
  }

  /// - Parameter size: A keyword in any case, or `WxH`; nil is what the model draws by itself.
  func pixels(_ size: String?) throws(ArkRefusal) -> PixelSize {
    guard let size else { return try pixels(of: model.sizes.standard) }
    guard let choice = SizeChoice(size), !size.contains("×") else { throw notOffered() }
    return try pixels(of: choice)
  }

  private func pixels(of choice: SizeChoice) throws(ArkRefusal) -> PixelSize {
    switch choice {
    case .keyword(let keyword):
      guard let tier = model.sizes.tier(keyword) else { throw notOffered() }
      return tier.entry(nearestAspect: aspect)?.size ?? PixelSize(1024, 1024)
    case .pixels(let width, let height):
      let size = PixelSize(width, height)
      if let reason = model.words(against: size) { throw .invalidSize(reason) }
      // Beyond what can be drawn: JPEG ends there too.
      guard max(width, height) <= 32_767 else {
        throw .invalidSize("image aspect ratio must be between 1/16 and 16.")
      }
      return size
    }
  }

  /// With a keyword the model picks the shape from the prompt.
  private var aspect: Double {
    if words.contains(["panorama", "cinematic", "ultrawide", "全景"]) { return 21.0 / 9 }
    if words.contains(["wide", "widescreen", "wallpaper", "landscape format", "banner", "横"]) {
      return 16.0 / 9
    }
    if words.contains(["portrait format", "vertical", "poster", "phone wallpaper", "竖", "海报"]) {
      return 3.0 / 4
    }
    return 1
  }

  private func notOffered() -> ArkRefusal { .invalidSize(model.wordsAgainstSize) }
}
