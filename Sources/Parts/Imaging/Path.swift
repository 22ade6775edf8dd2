/// An outline of lines, curves and circles; a value that is drawn later.
package struct Path: Equatable, Sendable {
  enum Element: Equatable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case circle(Point, radius: Double)
    case close
  }

  private(set) var elements: [Element] = []

  package init() {}

  package mutating func move(to point: Point) { elements.append(.move(point)) }

  package mutating func line(to point: Point) { elements.append(.line(point)) }

  /// A cubic curve.
  package mutating func curve(to end: Point, _ first: Point, _ second: Point) {
    elements.append(.curve(first, second, end))
  }

  package mutating func close() { elements.append(.close) }

  package mutating func add(_ other: Path) { elements += other.elements }
}

extension Path {
  package static func circle(_ center: Point, radius: Double) -> Path {
    var path = Path()
    path.elements = [.circle(center, radius: radius)]
    return path
  }

  package static func rectangle(_ area: Rectangle) -> Path {
    polygon([
      Point(area.x, area.y), Point(area.x + area.width, area.y),
      Point(area.x + area.width, area.y + area.height), Point(area.x, area.y + area.height),
    ])
  }

  /// Four curves that differ from an ellipse by less than a thousandth of its size.
  package static func ellipse(_ center: Point, _ across: Double, _ down: Double) -> Path {
    let (x, y, handle) = (center.x, center.y, 0.5523)
    var path = Path()
    path.move(to: Point(x + across, y))
    for (from, to) in [
      ((1.0, 0.0), (0.0, 1.0)), ((0, 1), (-1, 0)), ((-1, 0), (0, -1)), ((0, -1), (1, 0)),
    ] {
      path.curve(
        to: Point(x + to.0 * across, y + to.1 * down),
        Point(x + (from.0 + to.0 * handle) * across, y + (from.1 + to.1 * handle) * down),
        Point(x + (to.0 + from.0 * handle) * across, y + (to.1 + from.1 * handle) * down))
    }
    path.close()
    return path
  }

  package static func polygon(_ points: [Point]) -> Path {
    var path = Path()
    for (index, point) in points.enumerated() {
      if index == 0 { path.move(to: point) } else { path.line(to: point) }
    }
    path.close()
    return path
  }

  /// An open line through all points, straight from each to the next.
  package static func line(_ points: [Point]) -> Path {
    var path = polygon(points)
    path.elements.removeLast()
    return path
  }

  /// An outline that bends softly through all points (a Catmull-Rom spline).
  package static func smooth(_ points: [Point], closed: Bool) -> Path {
    guard points.count > 2 else { return closed ? polygon(points) : line(points) }
    var path = Path()
    path.move(to: points[0])
    let count = points.count
    func point(_ index: Int) -> Point {
      closed ? points[(index + count) % count] : points[min(max(index, 0), count - 1)]
    }
    for index in 0..<(closed ? count : count - 1) {
      let (before, from, to, after) = (
        point(index - 1), point(index), point(index + 1), point(index + 2)
      )
      path.curve(
        to: to, Point(from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6),
        Point(to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6))
    }
    if closed { path.close() }
    return path
  }
}
