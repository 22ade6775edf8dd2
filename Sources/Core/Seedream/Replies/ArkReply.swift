/// The rest of a reply in the form of Ark: pictures make it a success, whatever else it says.
@Sendable func readAsArk(_ reply: ReplyDocument) -> [ReplyEvent] {
  guard reply.memberCount > 0 else {
    return [.failed(reply.error ?? (reply.hasData ? nil : reply.otherError) ?? .emptyReply)]
  }
  let completion = Completion(
    model: reply.model, created: reply.created, usage: reply.usage ?? Usage(), error: reply.error,
    tools: reply.tools)
  return [.completed(completion), .finished]
}
