/// The rest of a reply in the form of Ark: pictures make it a success, whatever else it says.
///
/// Without any it is a refusal only where it says so and does not say that something was drawn. What says
/// neither is not understood: nobody knows what became of the request.
@Sendable func readAsArk(_ reply: ReplyDocument) -> [ReplyEvent] {
  let usage = reply.usage ?? Usage()
  let completion = Completion(
    model: reply.model, created: reply.created, usage: usage, error: reply.error,
    tools: reply.tools)
  if reply.unreadCount > 0 {
    return [.completed(completion), .unreadable(reply.error ?? .unreadPictures)]
  }
  if reply.memberCount > 0 { return [.completed(completion), .finished] }
  if let refusal = reply.refusal { return [.failed(refusal)] }
  if usage.generatedImages == 0, (usage.outputTokens ?? 0) == 0 { return [.failed(.notGenerated)] }
  return [.completed(completion), .unreadable(.emptyReply)]
}
