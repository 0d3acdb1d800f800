import Foundation
import Testing

/// `bnc schema` and `bnc lsp` as an editor runs them.
@Suite struct EditorCommandTests {
    @Test func schemaIsJSON() async throws {
        let result = try await BNC.run("schema")
        #expect(result.code == 0)
        #expect(result.error == "")
        let schema = try #require(
            JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(schema["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
        #expect(try await BNC.run("schema").output == result.output)
    }

    private static let uri = "file:///models/my%20model.yaml"
    @Test func aSession() throws {
        let server = try LanguageServerProcess()
        let client: [String: Any] = [
            "textDocument": [
                "completion": ["completionItem": ["snippetSupport": true]],
                "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
            ],
            "workspace": ["workspaceEdit": ["documentChanges": true]],
        ]
        let answer = try server.request("initialize", ["capabilities": client])
        let capabilities = try #require(answer["capabilities"] as? [String: Any])
        #expect(capabilities["positionEncoding"] as? String == "utf-16")
        try server.notify("initialized", [:])

        try server.notify(
            "textDocument/didOpen",
            [
                "textDocument": [
                    "uri": Self.uri, "languageId": "yaml", "version": 1,
                    "text": "layers:\n  - Input: {shape: [8]}\n  - Dense: {unit: 4}\n  - ReLU\n",
                ]
            ])
        var published = try server.notification("textDocument/publishDiagnostics")
        #expect(published["uri"] as? String == Self.uri)
        var diagnostics = try #require(published["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.map { $0["code"] as? String } == ["BNC2002"])

        let document = ["uri": Self.uri]
        func position(_ line: Int, _ character: Int) -> [String: Int] {
            ["line": line, "character": character]
        }
        let actions = try server.requestList(
            "textDocument/codeAction",
            [
                "textDocument": document,
                "range": ["start": position(2, 13), "end": position(2, 13)],
                "context": ["diagnostics": diagnostics],
            ])
        #expect(actions.map { $0["title"] as? String } == ["change `unit` to `units`"])

        try server.notify(
            "textDocument/didChange",
            [
                "textDocument": ["uri": Self.uri, "version": 2],
                "contentChanges": [
                    [
                        "range": ["start": position(2, 12), "end": position(2, 16)],
                        "text": "units",
                    ],
                    ["range": ["start": position(3, 8), "end": position(3, 8)], "text": ": {}"],
                ],
            ])
        published = try server.notification("textDocument/publishDiagnostics")
        #expect(published["version"] as? Int == 2)
        diagnostics = try #require(published["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.isEmpty)

        let hover = try server.request(
            "textDocument/hover", ["textDocument": document, "position": position(2, 5)])
        let contents = try #require(hover["contents"] as? [String: Any])
        #expect((contents["value"] as? String)?.contains("(8,) → **(4,)**") ?? false)

        try server.notify(
            "textDocument/didChange",
            [
                "textDocument": ["uri": Self.uri, "version": 3],
                "contentChanges": [
                    [
                        "text": "layers:\n  - Input: {shape: [8], name: x}\n"
                            + "  - Dense: {units: 8}\n  - Add: {inputs: [x, dense]}\n"
                    ]
                ],
            ])
        let definition = try server.request(
            "textDocument/definition", ["textDocument": document, "position": position(3, 19)])
        let range = try #require(definition["range"] as? [String: [String: Int]])
        #expect(range["start"] == position(1, 30))
        let completion = try server.request(
            "textDocument/completion", ["textDocument": document, "position": position(3, 19)])
        let items = try #require(completion["items"] as? [[String: Any]])
        #expect(items.map { $0["label"] as? String } == ["dense", "x"])
        let symbols = try server.requestList(
            "textDocument/documentSymbol", ["textDocument": document])
        #expect(symbols.map { $0["name"] as? String } == ["x", "dense", "add"])

        #expect(try server.call("shutdown", nil)["result"] is NSNull)
        try server.notify("exit", nil)
        #expect(server.exitCode() == 0)
    }

    @Test func brokenStreams() throws {
        // The end of the input without `exit`.
        let gone = try LanguageServerProcess()
        gone.closeInput()
        #expect(gone.exitCode() == 1)

        let rude = try LanguageServerProcess()
        try rude.notify("exit", nil)
        #expect(rude.exitCode() == 1)

        let server = try LanguageServerProcess()
        func code(_ message: [String: Any]) -> Int? {
            (message["error"] as? [String: Any])?["code"] as? Int
        }
        #expect(code(try server.call("textDocument/hover", [:])) == -32002)
        for broken in [
            "Content-Length: 7\r\n\r\n{\"id\": ", "Content-Type: none\r\n\r\n",
            "Content-Length: 999999999999999999999\r\n\r\n",
        ] {
            try server.write(Data(broken.utf8))
            #expect(code(try server.read()) == -32700)
            _ = try server.request("initialize", [:], mayFail: true)
        }
        #expect(code(try server.call("no/such/method", nil)) == -32601)
        #expect(try server.call("shutdown", nil)["result"] is NSNull)
        server.closeInput()
        #expect(server.exitCode() == 0)
    }
}

/// `bnc lsp`, spoken to through pipes.
private final class LanguageServerProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var lastID = 0
    private var notifications: [[String: Any]] = []

    init() throws {
        process.executableURL = URL(filePath: BNC.path)
        process.arguments = ["lsp", "--stdio"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit { if process.isRunning { process.terminate() } }

    struct Ended: Error {}

    func write(_ data: Data) throws { try input.fileHandleForWriting.write(contentsOf: data) }

    private func send(_ message: [String: Any]) throws {
        let body = try JSONSerialization.data(withJSONObject: message)
        try write(Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    }

    /// The next message.
    func read() throws -> [String: Any] {
        let file = output.fileHandleForReading
        var header = Data()
        while !header.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = try file.read(upToCount: 1), !byte.isEmpty else { throw Ended() }
            header += byte
        }
        let digits = String(decoding: header, as: UTF8.self).filter(\.isNumber)
        var body = Data()
        while body.count < Int(digits)! {
            guard let more = try file.read(upToCount: Int(digits)! - body.count), !more.isEmpty
            else { throw Ended() }
            body += more
        }
        return try JSONSerialization.jsonObject(with: body) as! [String: Any]
    }

    func notify(_ method: String, _ params: [String: Any]?) throws {
        var message: [String: Any] = ["jsonrpc": "2.0", "method": method]
        message["params"] = params
        try send(message)
    }

    /// The answer to a request, result or error.
    func call(_ method: String, _ params: [String: Any]?) throws -> [String: Any] {
        lastID += 1
        var message: [String: Any] = ["jsonrpc": "2.0", "id": lastID, "method": method]
        message["params"] = params
        try send(message)
        while true {
            let reply = try read()
            if reply["id"] as? Int == lastID { return reply }
            notifications.append(reply)
        }
    }

    func request(_ method: String, _ params: [String: Any], mayFail: Bool = false) throws
        -> [String: Any]
    {
        let reply = try call(method, params)
        return mayFail ? reply : try #require(reply["result"] as? [String: Any])
    }

    func requestList(_ method: String, _ params: [String: Any]) throws -> [[String: Any]] {
        try #require(call(method, params)["result"] as? [[String: Any]])
    }

    /// The parameters of the next notification of a kind.
    func notification(_ method: String) throws -> [String: Any] {
        while true {
            let message = notifications.isEmpty ? try read() : notifications.removeFirst()
            if message["method"] as? String == method {
                return try #require(message["params"] as? [String: Any])
            }
        }
    }

    func closeInput() { try? input.fileHandleForWriting.close() }

    func exitCode() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }
}
