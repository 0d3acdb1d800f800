import Diagnostics

/// The parameters of the protocol's methods, as far as the server reads them.
struct InitializeParams: Decodable {
    struct General: Decodable { let positionEncodings: [String]? }
    struct WorkspaceEdit: Decodable { let documentChanges: Bool? }
    struct Workspace: Decodable { let workspaceEdit: WorkspaceEdit? }
    struct CompletionItem: Decodable { let snippetSupport: Bool? }
    struct Completion: Decodable { let completionItem: CompletionItem? }
    struct Symbols: Decodable { let hierarchicalDocumentSymbolSupport: Bool? }
    struct Diagnostics: Decodable { let relatedInformation: Bool? }
    struct TextDocument: Decodable {
        let completion: Completion?
        let documentSymbol: Symbols?
        let publishDiagnostics: Diagnostics?
    }
    struct Capabilities: Decodable {
        let general: General?
        let workspace: Workspace?
        let textDocument: TextDocument?
    }

    let capabilities: Capabilities?
}

struct CancelParams: Decodable { let id: RequestID }

struct DocumentID: Decodable { let uri: String }

struct DidOpenParams: Decodable {
    struct Item: Decodable {
        let uri: String
        let version: Int?
        let text: String
    }

    let textDocument: Item
}

struct DidChangeParams: Decodable {
    struct Item: Decodable {
        let uri: String
        let version: Int?
    }

    struct Change: Decodable {
        /// nil where the text is all of the document.
        let range: TextRange?
        let text: String
    }

    let textDocument: Item
    let contentChanges: [Change]
}

/// The parameters of all methods about a document: `didClose`, `documentSymbol`.
struct DocumentParams: Decodable { let textDocument: DocumentID }

/// The parameters of all methods about a place: `hover`, `definition`, `completion`.
struct PlaceParams: Decodable {
    let textDocument: DocumentID
    let position: TextPosition
}

struct CodeActionParams: Decodable {
    struct Context: Decodable { let only: [String]? }

    let textDocument: DocumentID
    let range: TextRange
    let context: Context?
}

/// A place as the protocol counts it: both from 0, `character` in the units of the encoding.
struct TextPosition: Decodable, Equatable {
    var line: Int
    var character: Int

    var json: JSONValue {
        .object([("line", .int(line)), ("character", .int(character))])
    }
}

struct TextRange: Decodable, Equatable {
    var start: TextPosition
    var end: TextPosition

    var json: JSONValue { .object([("start", start.json), ("end", end.json)]) }
}
