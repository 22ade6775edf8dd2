import Imaging

/// One step of a drawing, which is one layer of a picture that is split.
struct PaintStep {
  let name: String
  let description: String
  let paint: (borrowing DrawingContext) throws(ImagingError) -> Void

  /// The steps of a picture from the bottom up; the first one covers everything.
  static func all(of scene: SandboxScene, _ order: SandboxPainter.Order) -> [PaintStep] {
    ground(scene) + backdrop(order) + weather(scene, .fog) + motifs(scene)
      + (scene.weather == .fog ? [] : weather(scene, scene.weather)) + prints(order)
      + [
        PaintStep(name: "Light", description: "Darker corners and the grain of film") {
          (context: borrowing DrawingContext) throws(ImagingError) in try context.finish()
        }
      ]
      + watermark(order)
  }

  private static func ground(_ scene: SandboxScene) -> [PaintStep] {
    switch scene.ground {
    case .space:
      [
        PaintStep(name: "Space", description: "Stars and what shines between them") {
          (context: borrowing DrawingContext) throws(ImagingError) in try context.paintSpace()
        }
      ]
    case .studio:
      [
        PaintStep(name: "Studio", description: "A still life in the light of a studio") {
          (context: borrowing DrawingContext) throws(ImagingError) in try context.paintStudio()
        }
      ]
    case .poster:
      [
        PaintStep(name: "Poster", description: "Plain shapes on paper") {
          (context: borrowing DrawingContext) throws(ImagingError) in try context.paintPoster()
        }
      ]
    case .ribbons:
      [
        PaintStep(name: "Ribbons", description: "Bands of colour") {
          (context: borrowing DrawingContext) throws(ImagingError) in try context.paintRibbons()
        }
      ]
    case .mountains, .sea, .forest, .hills, .city, .desert:
      [
        PaintStep(name: "Sky", description: "The sky and its lights") {
          (context: borrowing DrawingContext) throws(ImagingError) in try context.paintSky()
        },
        PaintStep(name: "\(scene.ground)".capitalisedStart, description: "The land below the sky") {
          (context: borrowing DrawingContext) throws(ImagingError) in try context.paintLand()
        },
      ]
    }
  }

  private static func backdrop(_ order: SandboxPainter.Order) -> [PaintStep] {
    guard !order.references.isEmpty else { return [] }
    return [
      PaintStep(name: "Tint", description: "The colours of the references") {
        (context: borrowing DrawingContext) throws(ImagingError) in
        try context.paintBackdrop(order.references)
      }
    ]
  }

  /// Fog lies behind what is near; rain and snow fall before it.
  private static func weather(_ scene: SandboxScene, _ wanted: Weather) -> [PaintStep] {
    guard scene.weather == wanted, wanted != .clear else { return [] }
    return [
      PaintStep(name: "\(wanted)".capitalisedStart, description: "What falls or hangs in the air") {
        (context: borrowing DrawingContext) throws(ImagingError) in try context.paintWeather()
      }
    ]
  }

  static func motifs(_ scene: SandboxScene) -> [PaintStep] {
    var steps: [PaintStep] = []
    let stands = !Set([.person, .dog, .cat]).isDisjoint(with: scene.motifs)
    if stands, scene.ground == .sea || scene.ground == .city {
      steps.append(
        PaintStep(name: "Bank", description: "Something to stand on") {
          (context: borrowing DrawingContext) throws(ImagingError) in context.paintBank()
        })
    }
    for motif in DrawingContext.motifs where scene.motifs.contains(motif) {
      let isMany = scene.crowds.contains(motif)
      steps.append(
        PaintStep(
          name: "\(motif)".capitalisedStart,
          description: isMany ? "Several of the kind \(motif)" : "The \(motif) of the prompt"
        ) { (context: borrowing DrawingContext) throws(ImagingError) in try context.paint(motif) })
    }
    return steps
  }

  private static func prints(_ order: SandboxPainter.Order) -> [PaintStep] {
    guard !order.references.isEmpty else { return [] }
    return [
      PaintStep(name: "Prints", description: "The references as prints") {
        (context: borrowing DrawingContext) throws(ImagingError) in
        try context.paintPrints(order.references)
      }
    ]
  }

  private static func watermark(_ order: SandboxPainter.Order) -> [PaintStep] {
    guard order.watermark else { return [] }
    return [
      PaintStep(name: "Text", description: "AI generated") {
        (context: borrowing DrawingContext) throws(ImagingError) in context.paintWatermark()
      }
    ]
  }
}

extension String {
  fileprivate var capitalisedStart: String { prefix(1).uppercased() + dropFirst() }
}
