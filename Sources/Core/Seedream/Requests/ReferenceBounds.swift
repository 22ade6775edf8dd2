/// What the vendor takes as a reference, whatever the model.
///
/// Source: Image generation API (doc 1541523); its older revisions and Volcengine's page name 10 MB, the
/// newer ones 30 MB. Megabytes are millions of bytes here: a picture of that size passes either way.
public enum ReferenceBounds {
  /// What every page takes, in bytes; larger files are made smaller.
  public static let safeByteCount = 10_000_000
  /// What the newest page takes, in bytes.
  public static let maximumByteCount = 30_000_000
  /// Width times height, in pixels.
  public static let maximumPixelCount = 36_000_000
  /// The shorter side, in pixels.
  public static let minimumSide = 15
  /// The longer side over the shorter.
  public static let longestAspect = 16
}
