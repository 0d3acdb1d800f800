import Diagnostics
import Testing

@testable import LanguageServer

/// The protocol: order of messages, broken streams, cancelling.
@Suite struct ProtocolTests {
    private func code(_ reply: JSONValue?) -> Int { Int(reply?["code"]?.number ?? 0) }

    @Test func lifeCycle() {
        var client = Client()
        #expect(code(client.request("textDocument/hover")) == -32002)
        client.notify("textDocument/didOpen", .null)
        let result = client.request("initialize", .object([("capabilities", .object([]))]))
        #expect(result["capabilities"]?["positionEncoding"]?.string == "utf-16")
        #expect(result["serverInfo"]?["name"]?.string == "bnc")
        #expect(code(client.request("initialize", .object([]))) == -32600)
        #expect(code(client.request("textDocument/willDoWonders")) == -32601)
        client.notify("$/somethingNew", .object([]))
        #expect(code(client.request("textDocument/hover", .int(3))) == -32602)
        #expect(code(client.ask("hover", 0, 0)) == -32602)  // not open
        #expect(client.request("shutdown").isOf("null"))
        #expect(code(client.request("textDocument/hover")) == -32600)
        #expect(client.server.exitCode == nil)
        client.notify("exit", .null)
        #expect(client.server.exitCode == 0)

        var rude = Client.connected()
        rude.notify("exit", .null)
        #expect(rude.server.exitCode == 1)
        #expect(Client.connected().server.codeAtEnd == 1)
    }

    @Test func messagesThatAreNone() {
        var client = Client.connected()
        func codes(_ body: String) -> [Int] { client.send(body).map { code($0["error"]) } }
        #expect(codes("{\"jsonrpc\": \"2.0\", ") == [-32700])
        #expect(codes("") == [-32700])
        #expect(codes("\u{0}\u{1}") == [-32700])
        #expect(codes("[]") == [-32600])
        #expect(codes("3") == [-32600])
        #expect(codes("{}") == [-32600])
        #expect(codes("{\"id\": 1}") == [-32600])
        #expect(codes("{\"id\": {}, \"method\": \"shutdown\"}") == [-32600])
        #expect(codes("{\"id\": 1, \"method\": 7}") == [-32600])
        #expect(codes("{\"id\": 7, \"result\": null}") == [])
        #expect(codes("{\"id\": null, \"error\": {}}") == [])
        #expect(codes(String(repeating: "[", count: 100_000)) == [-32700])
        #expect(
            codes("{\"id\": \"a\", \"method\": \"\(String(repeating: "x", count: 9999))\"}")
                == [-32601])
        #expect(client.send("{\"id\": \"z\", \"method\": \"shutdown\"}")[0]["id"]?.string == "z")
    }

    @Test func invalidBytes() {
        var client = Client.connected()
        let body: [UInt8] = [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]
        let replies = client.send(Array("Content-Length: 8\r\n\r\n".utf8) + body)
        #expect(replies.count == 1)
        let surrogate = client.send("{\"id\": 1, \"method\": \"\\ud800\"}")
        #expect(surrogate.count == 1)
        #expect(client.request("shutdown").isOf("null"))
    }

    @Test func headers() {
        let body = "{\"id\": 1, \"method\": \"x\"}"
        let count = body.utf8.count
        for header in [
            "Content-Length: \(count)\r\n\r\n", "content-length:\(count)\r\n\r\n",
            "CONTENT-LENGTH: \(count) \r\nContent-Type: application/vscode-jsonrpc\r\n\r\n",
            "Content-Type: x\r\nContent-Length: \(count)\r\n\r\n", "Content-Length: \(count)\n\n",
        ] {
            var client = Client()
            #expect(client.send(Array((header + body).utf8)).map { code($0["error"]) } == [-32002])
        }
    }

    /// Behind what can't be read, the next message is.
    @Test func brokenHeaders() {
        let good = Client.frame("{\"id\": 1, \"method\": \"x\"}")
        for broken in [
            "Content-Type: x\r\n\r\n", "Content-Length: -5\r\n\r\n", "Content-Length: ten\r\n\r\n",
            "Content-Length: 99999999999999999999999\r\n\r\n", "Content-Length: \r\n\r\n",
            "\r\n\r\n",
            "{\"id\": 1, \"method\": \"x\"}\r\n\r\n", String(repeating: "x", count: 5000),
            String(repeating: "Content-Length: 3\r\n", count: 1000) + "x: y\r\n\r\nabc",
        ] {
            var client = Client()
            let replies = client.send(Array(broken.utf8) + good)
            #expect(replies.count >= 1 && replies.count <= 3, "\(broken.prefix(50))")
            #expect(replies.last?["id"]?.number == 1, "\(broken.prefix(50))")
        }
        // A length that is too small, so that the rest of the message is no header.
        var client = Client()
        let replies = client.send(Array("Content-Length: 5\r\n\r\n{\"id\": 2}".utf8) + good)
        #expect(replies.last?["id"]?.number == 1)
    }

    @Test func longMessagesArePassedOver() {
        var client = Client()
        let count = MessageReader.messageLimit + 1
        var replies = client.send(Array("Content-Length: \(count)\r\n\r\n".utf8))
        #expect(replies.map { code($0["error"]) } == [-32700])
        let chunk = [UInt8](repeating: 0x20, count: 1 << 20)
        var left = count
        while left > 0 {
            replies = client.send(Array(chunk.prefix(left)))
            left -= min(left, chunk.count)
            #expect(replies.isEmpty)
        }
        #expect(client.send("{\"id\": 1, \"method\": \"x\"}").count == 1)
    }

    @Test func bytesComeOneByOne() {
        var client = Client()
        var replies: [JSONValue] = []
        for byte in Client.frame("{\"id\": 1, \"method\": \"initialize\", \"params\": {}}")
            + Client.frame("{\"id\": 2, \"method\": \"shutdown\"}")
        {
            replies += client.send([byte])
        }
        #expect(replies.map { $0["id"]?.number } == [1, 2])
        #expect(replies.allSatisfy { $0["error"] == nil })
    }

    /// A request that is cancelled while it waits is answered with an error; diagnostics are made once
    /// for changes that came together.
    @Test func queue() {
        var client = Client.connected()
        client.open("layers:\n  - Flaten\n")
        client.notifications = []
        var bytes: [UInt8] = []
        let place = "\"params\": {\"textDocument\": {\"uri\": \"\(Client.uri)\"}, "
        for version in 2...4 {
            bytes += Client.frame(
                "{\"method\": \"textDocument/didChange\", \"params\": {\"textDocument\": "
                    + "{\"uri\": \"\(Client.uri)\", \"version\": \(version)}, \"contentChanges\": "
                    + "[{\"text\": \"layers:\\n  - Flaten\(version)\\n\"}]}}")
        }
        for id in 100...101 {
            bytes += Client.frame(
                "{\"id\": \(id), \"method\": \"textDocument/hover\", \(place)"
                    + "\"position\": {\"line\": 1, \"character\": 6}}}")
        }
        bytes += Client.frame("{\"method\": \"$/cancelRequest\", \"params\": {\"id\": 100}}")
        bytes += Client.frame("{\"method\": \"$/cancelRequest\", \"params\": {\"id\": 999}}")
        bytes += Client.frame("{\"method\": \"$/cancelRequest\", \"params\": 3}")
        let replies = client.send(bytes)
        #expect(replies.map { $0["id"]?.number } == [100, 101])
        #expect(code(replies[0]["error"]) == -32800)
        #expect(replies[1]["result"]?["contents"] != nil)
        #expect(client.notifications.count == 1)
        #expect(client.notifications[0]["params"]?["version"]?.number == 4)
    }
}
