import TestSupport

@testable import Studio

extension ScriptedProvider {
  var connection: ProviderConnection {
    ProviderConnection(name: "test", dialect: "ark", baseURL: url)
  }
}

extension RawServer {
  var connection: ProviderConnection {
    ProviderConnection(name: "raw", dialect: "ark", baseURL: url)
  }
}

/// One event of a stream, as the vendor writes it.
func event(_ type: String, _ members: String) -> String {
  "event: image_generation.\(type)\ndata: {\"type\":\"image_generation.\(type)\",\(members)}\n\n"
}

/// The event of a picture under an address.
func succeeded(_ index: Int, _ address: String) -> String {
  event("partial_succeeded", #""image_index":\#(index),"url":"\#(address)","size":"64x48""#)
}
