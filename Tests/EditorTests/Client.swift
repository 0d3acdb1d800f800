import Diagnostics

@testable import LanguageServer

/// A client of a server in the same process.
struct Client {
    static let uri = "file:///models/my%20model.yaml"

    var server = Server(version: "test")
    private var lastID = 0
    /// What the server sent on its own account.
    var notifications: [JSONValue] = []

    init() {}

    /// A client that is connected, with all that a client can do.
    static func connected(encoding: String? = nil) -> Client {
        var client = Client()
        var capabilities: [(key: String, value: JSONValue)] = [
            (
                "textDocument",
                .object([
                    (
                        "completion",
                        .object([("completionItem", .object([("snippetSupport", .bool(true))]))])
                    ),
                    (
                        "documentSymbol",
                        .object([("hierarchicalDocumentSymbolSupport", .bool(true))])
                    ),
                    ("publishDiagnostics", .object([("relatedInformation", .bool(true))])),
                ])
            )
        ]
        if let encoding {
            capabilities.append(
                ("general", .object([("positionEncodings", .array([.string(encoding)]))])))
        }
        _ = client.request("initialize", .object([("capabilities", .object(capabilities))]))
        client.notify("initialized", .object([]))
        return client
    }

    static func frame(_ body: String) -> [UInt8] {
        Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    /// Sends bytes and lets the server do all its work.
    @discardableResult
    mutating func send(_ bytes: [UInt8]) -> [JSONValue] {
        var replies = server.take(bytes)
        while server.hasWork { replies += server.answer() }
        notifications += replies.filter { $0["method"] != nil }
        return replies.filter { $0["method"] == nil }
    }

    mutating func send(_ body: String) -> [JSONValue] { send(Self.frame(body)) }

    mutating func notify(_ method: String, _ params: JSONValue) {
        let replies = send(Reply.notification(method, params).compactText)
        precondition(replies.isEmpty, "a notification was answered")
    }

    /// The result, or the error.
    mutating func request(_ method: String, _ params: JSONValue = .null) -> JSONValue {
        lastID += 1
        let message = JSONValue.object([
            ("jsonrpc", .string("2.0")), ("id", .int(lastID)), ("method", .string(method)),
            ("params", params),
        ])
        let replies = send(message.compactText)
        precondition(replies.count == 1 && replies[0]["id"]?.number == Double(lastID))
        return replies[0]["result"] ?? replies[0]["error"]!
    }

    mutating func open(_ text: String, uri: String = Client.uri) {
        notify(
            "textDocument/didOpen",
            .object([
                (
                    "textDocument",
                    .object([
                        ("uri", .string(uri)), ("languageId", .string("yaml")),
                        ("version", .int(1)), ("text", .string(text)),
                    ])
                )
            ]))
    }

    /// Replaces a range (line, character, line, character), or all of the text.
    mutating func change(_ range: [Int]?, _ text: String, version: Int = 2) {
        var change: [(key: String, value: JSONValue)] = [("text", .string(text))]
        if let range {
            change.append(
                (
                    "range",
                    .object([
                        ("start", Self.position(range[0], range[1])),
                        ("end", Self.position(range[2], range[3])),
                    ])
                ))
        }
        notify(
            "textDocument/didChange",
            .object([
                (
                    "textDocument",
                    .object([("uri", .string(Self.uri)), ("version", .int(version))])
                ),
                ("contentChanges", .array([.object(change)])),
            ]))
    }

    static func position(_ line: Int, _ character: Int) -> JSONValue {
        .object([("line", .int(line)), ("character", .int(character))])
    }

    static let document = JSONValue.object([("uri", .string(uri))])

    /// A request about a place.
    mutating func ask(_ method: String, _ line: Int, _ character: Int) -> JSONValue {
        request(
            "textDocument/\(method)",
            .object([
                ("textDocument", Self.document), ("position", Self.position(line, character)),
            ]))
    }

    /// The diagnostics that were published last: `2:4-2:9 BNC2001 message`.
    var diagnostics: [String] {
        let last = notifications.last { $0["method"]?.string?.hasSuffix("Diagnostics") ?? false }
        return (last?["params"]?["diagnostics"]?.list ?? []).map { diagnostic in
            let message = diagnostic["message"]?.string ?? ""
            return "\(Self.text(diagnostic["range"])) \(diagnostic["code"]?.string ?? "") "
                + message.prefix { $0 != "\n" }
        }
    }

    static func text(_ range: JSONValue?) -> String {
        func text(_ position: JSONValue?) -> String {
            "\(Int(position?["line"]?.number ?? -1)):\(Int(position?["character"]?.number ?? -1))"
        }
        return "\(text(range?["start"]))-\(text(range?["end"]))"
    }
}
