import FoundationEssentials
import Posix
import TestSupport

extension Course {
  /// Fills the file system of the gallery before or while pictures come, and makes room again.
  mutating func fillDisk() throws {
    try startWithRoom()
    let before = Bool.random(using: &random)
    if before { gallery?.fill(leaving: Int.random(in: 0...60, using: &random)) }
    try send(plan.sends)
    pause(upTo: 400)
    if !before { gallery?.fill(leaving: Int.random(in: 0...60, using: &random)) }
    wait(.milliseconds(300))
    try interfere()
    pause(upTo: 900)
    gallery?.empty()
  }

  /// Makes the gallery read-only under a service that works.
  mutating func makeReadOnly() throws {
    try startWithRoom()
    try send(plan.sends)
    pause(upTo: 400)
    try gallery?.becomeReadOnly()
    wait(.milliseconds(300))
    try interfere()
    pause(upTo: 900)
    try gallery?.becomeWritable()
  }

  /// Takes the gallery away, as a cable that is pulled does, and brings it back.
  mutating func takeGalleryAway() throws {
    try startWithRoom()
    try send(plan.sends)
    pause(upTo: 400)
    try gallery?.detach()
    wait(.milliseconds(300))
    try interfere()
    pause(upTo: 900)
    try gallery?.attach()
  }

  /// The gallery is made and its service runs before anything goes wrong.
  private func startWithRoom() throws { _ = try jobs() }
}
