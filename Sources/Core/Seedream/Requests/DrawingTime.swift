/// How long a provider may take to draw.
public enum DrawingTime {
  /// Seconds to the last byte of a reply with so many pictures. One takes 20 to 75, a set minutes, and the
  /// first byte of a plain reply comes with its last.
  public static func longest(pictures: Int) -> Int { min(300 + 40 * (max(1, pictures) - 1), 900) }
}
