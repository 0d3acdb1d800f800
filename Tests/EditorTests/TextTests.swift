import Diagnostics
import Testing

@testable import LanguageServer

/// Texts as clients change them, and the places in them.
@Suite struct TextTests {
    @Test func positions() {
        let text = "a\u{E9}\u{1D11E}b\r\nc\rd\n"
        let utf16 = TextDocument(text, encoding: .utf16)
        let utf8 = TextDocument(text, encoding: .utf8)
        // a, é in 2 bytes, 𝄞 in 4 bytes and 2 units, b.
        #expect([0, 1, 3, 7, 8].map { utf16.position(at: $0).character } == [0, 1, 2, 4, 5])
        #expect([0, 1, 3, 7, 8].map { utf8.position(at: $0).character } == [0, 1, 3, 7, 8])
        #expect(utf16.position(at: 5) == TextPosition(line: 0, character: 2))
        #expect(utf16.position(at: 9) == TextPosition(line: 0, character: 5))
        #expect([10, 12, 13, 14, 99].map { utf16.position(at: $0).line } == [1, 2, 2, 3, 3])
        for document in [utf16, utf8] {
            for offset in [0, 1, 3, 7, 8, 10, 11, 12, 13, 14] {
                #expect(document.offset(of: document.position(at: offset)) == offset)
            }
            #expect(document.offset(of: TextPosition(line: 0, character: 99)) == 8)
            #expect(document.offset(of: TextPosition(line: 99, character: 0)) == 14)
            #expect(document.offset(of: TextPosition(line: -1, character: -1)) == 0)
            #expect(document.offset(of: TextPosition(line: 0, character: -7)) == 0)
            #expect(document.offset(of: TextPosition(line: 0, character: .max)) == 8)
            #expect(document.offset(of: TextPosition(line: .max, character: .max)) == 14)
        }
        // Between the halves of a character: its start.
        #expect(utf16.offset(of: TextPosition(line: 0, character: 3)) == 3)
        #expect(utf8.offset(of: TextPosition(line: 0, character: 5)) == 3)
        let empty = TextDocument("", encoding: .utf16)
        #expect(empty.position(at: 5) == TextPosition(line: 0, character: 0))
        #expect(empty.offset(of: TextPosition(line: 3, character: 3)) == 0)
    }

    @Test func changes() {
        func result(_ range: [Int]?, _ new: String) -> String {
            var document = TextDocument("ab\r\n\u{1D11E}d\r\nef", encoding: .utf16)
            let range = range.map {
                TextRange(
                    start: TextPosition(line: $0[0], character: $0[1]),
                    end: TextPosition(line: $0[2], character: $0[3]))
            }
            document.replace(range, with: new)
            return String(decoding: document.bytes, as: UTF8.self)
        }
        #expect(result(nil, "x") == "x")
        #expect(result([0, 1, 0, 1], "x") == "axb\r\n\u{1D11E}d\r\nef")
        #expect(result([0, 2, 1, 0], "") == "ab\u{1D11E}d\r\nef")
        #expect(result([1, 0, 1, 2], "\u{E9}") == "ab\r\n\u{E9}d\r\nef")
        #expect(result([2, 0, 0, 1], "-") == "a-ef")
        #expect(result([0, 99, 99, 99], "") == "ab")
        #expect(result([2, 2, 2, 2], "\n") == "ab\r\n\u{1D11E}d\r\nef\n")
    }

    @Test func diagnosticsFollowChanges() {
        var client = Client.connected()
        client.open("layers:\r\n  - Input: {shape: [4]}\r\n  - Dense: {unit: 3}\r\n")
        #expect(client.diagnostics == ["2:12-2:16 BNC2002 Dense has no argument `unit`"])
        client.change([2, 16, 2, 16], "s")
        #expect(client.diagnostics == [])
        client.change([2, 12, 2, 17], "units: 3, name: \"\u{1D11E}\", unit")
        #expect(client.diagnostics.map { $0.prefix(9) } == ["2:34-2:38"])
        client.change([0, 0, 99, 0], "layers: [")
        #expect(client.diagnostics.count == 1)
        client.change(nil, "layers: [{Input: {shape: [4]}}]")
        #expect(client.diagnostics.filter { $0.contains("error") } == [])
        client.notify(
            "textDocument/didClose", .object([("textDocument", Client.document)]))
        #expect(client.diagnostics == [])
        // Changes of what is not open are nothing.
        client.change(nil, "x")
    }

    @Test func bytesWhereTheyAreOffered() {
        var client = Client.connected(encoding: "utf-8")
        client.open("layers:\n  - Input: {shape: [4]}\n  - Dense: {name: \"\u{1D11E}\", unit: 3}\n")
        #expect(client.diagnostics.map { $0.prefix(9) } == ["2:26-2:30"])
    }

    @Test func otherFilesAreLeftAlone() {
        for text in [
            "services:\n  web: {image: x}\n", "- hosts: all\n  tasks: []\n", "# nothing\n---\n",
            "model: {layers: 3}\nname: x\n", "name: ci\non: [push]\n", "plain text", "",
        ] {
            var client = Client.connected()
            client.open(text)
            #expect(client.diagnostics == [], "\(text)")
        }
        for text in [
            "layrs:\n  - Flatten\n", "- Flatten\n", "{\"layers\": []}", "name: x\nlayers:\n",
        ] {
            var client = Client.connected()
            client.open(text)
            #expect(client.diagnostics != [], "\(text)")
        }
    }

    @Test func paths() {
        #expect(DocumentURI.path(of: "file:///a%20b/m%C3%A9.yaml") == "/a b/m\u{E9}.yaml")
        #expect(DocumentURI.path(of: "file://host/a") == "/a")
        #expect(DocumentURI.path(of: "file:///a%2") == "/a%2")
        #expect(DocumentURI.path(of: "file:///%FF") == "file:///%FF")
        #expect(DocumentURI.path(of: "untitled:Untitled-1") == "untitled:Untitled-1")
        #expect(DocumentURI.path(of: "file://") == "file://")
        #expect(DocumentURI.path(of: "") == "")
    }
}
