import Diagnostics

/// A language server for specs: takes the bytes a client sends, and makes the messages to answer.
///
/// It reads and writes nothing itself. Requests are answered one after the other; those that were
/// cancelled while they waited get no result. Diagnostics are made when nothing waits, so that they are
/// those of the last of several changes.
package struct Server: Sendable {
    private enum Stage { case new, running, shutDown }

    private let version: String
    private var reader = MessageReader()
    private var queue: [Message] = []
    /// What of the queue has been answered.
    private var answered = 0
    private var queuedByteCount = 0
    private var cancelled: Set<RequestID> = []
    private var stage = Stage.new
    private var client = Client()
    private var documents: [String: Document] = [:]

    /// The code to end with, once the client has said so.
    package private(set) var exitCode: Int32?

    /// What the client can do.
    private struct Client {
        var encoding = PositionEncoding.utf16
        var hasRelated = false
        var hasSnippets = false
        var hasVersionedEdits = false
        var hasSymbolTree = false
    }

    /// Above this no more is read before something is answered.
    private static let queueLimit = 64 << 20
    /// About what a message takes besides its bytes.
    private static let messageOverhead = 256
    /// What all open documents may hold together.
    private static let textLimit = 256 << 20
    /// How many documents are kept examined.
    private static let examinedLimit = 8

    package init(version: String) { self.version = version }

    // MARK: Bytes in, messages out

    package var wantsInput: Bool { queuedByteCount < Self.queueLimit }

    /// Whether `answer` has something to do.
    package var hasWork: Bool {
        answered < queue.count || documents.values.contains(where: \.needsDiagnostics)
    }

    /// Takes bytes of the stream. What can't be read as a message is answered at once.
    package mutating func take(_ bytes: some Collection<UInt8>) -> [JSONValue] {
        reader.append(bytes)
        var replies: [JSONValue] = []
        while let event = reader.next() {
            switch event {
            case .problem(let problem):
                replies.append(Reply.error(nil, ResponseError(.parseError, problem)))
            case .message(let bytes):
                do throws(ResponseError) {
                    enqueue(try Message(bytes))
                } catch {
                    replies.append(Reply.error(nil, error))
                }
            }
        }
        return replies
    }

    private mutating func enqueue(_ message: Message) {
        if case .notification("$/cancelRequest") = message.kind {
            guard let id = try? message.params(CancelParams.self).id else { return }
            let waits = queue[answered...].contains { waiting in
                if case .request(id, _) = waiting.kind { true } else { false }
            }
            if waits { cancelled.insert(id) }
            return
        }
        queue.append(message)
        queuedByteCount += message.count + Self.messageOverhead
    }

    /// Does one piece of work.
    package mutating func answer() -> [JSONValue] {
        guard answered < queue.count else { return publishNext() }
        let message = queue[answered]
        answered += 1
        queuedByteCount -= message.count + Self.messageOverhead
        if answered == queue.count || answered > 1024 {
            queue.removeFirst(answered)
            answered = 0
        }
        switch message.kind {
        case .response: return []
        case .notification(let method):
            // Nobody waits for an answer to a notification, wrong ones included.
            return (try? notify(method, message)) ?? []
        case .request(let id, let method):
            if cancelled.remove(id) != nil {
                return [
                    Reply.error(id, ResponseError(.requestCancelled, "the request was cancelled"))
                ]
            }
            // Nothing stays unsaid.
            let diagnostics = method == "shutdown" ? publishAll() : []
            do throws(ResponseError) {
                return diagnostics + [Reply.result(id, try result(of: method, message))]
            } catch {
                return diagnostics + [Reply.error(id, error)]
            }
        }
    }

    /// The code to end with where the stream ended without `exit`.
    package var codeAtEnd: Int32 { stage == .shutDown ? 0 : 1 }

    // MARK: Methods

    private mutating func result(of method: String, _ message: Message) throws(ResponseError)
        -> JSONValue
    {
        switch (stage, method) {
        case (.new, "initialize"): return initialize(try message.params())
        case (.new, _):
            throw ResponseError(.serverNotInitialized, "`initialize` has to come first")
        case (.running, "initialize"):
            throw ResponseError(.invalidRequest, "the server is initialized already")
        case (.shutDown, _):
            throw ResponseError(.invalidRequest, "the server is shut down; only `exit` may follow")
        case (.running, "shutdown"):
            stage = .shutDown
            return .null
        case (.running, "textDocument/hover"):
            return try atPlace(message) { document, view, offset in
                view.map { Hover(document: document, view: $0).answer(at: offset) } ?? .null
            }
        case (.running, "textDocument/definition"):
            return try atPlace(message) { document, view, offset in
                view.map { Definition(document: document, view: $0).answer(at: offset) } ?? .null
            }
        case (.running, "textDocument/completion"):
            let hasSnippets = client.hasSnippets
            return try atPlace(message) { document, view, offset in
                guard SpecGuess(document.text.bytes) != .other else { return .null }
                return Completion(document: document, view: view, hasSnippets: hasSnippets)
                    .answer(at: offset)
            }
        case (.running, "textDocument/documentSymbol"):
            let params = try message.params(DocumentParams.self)
            let isHierarchical = client.hasSymbolTree
            return try withView(of: params.textDocument.uri) { document, view in
                view.map {
                    Symbols(document: document, view: $0, isHierarchical: isHierarchical).answer
                } ?? .array([])
            }
        case (.running, "textDocument/codeAction"): return try codeActions(message.params())
        default: throw ResponseError(.methodNotFound, "there is no method `\(method.prefix(100))`")
        }
    }

    private mutating func notify(_ method: String, _ message: Message) throws(ResponseError)
        -> [JSONValue]
    {
        if method == "exit" {
            exitCode = codeAtEnd
            return []
        }
        guard stage == .running else { return [] }
        switch method {
        case "textDocument/didOpen":
            let item = try message.params(DidOpenParams.self).textDocument
            documents[item.uri] = Document(
                uri: item.uri, version: item.version, text: item.text, encoding: client.encoding)
            return keepWithinLimits(item.uri)
        case "textDocument/didChange":
            let params = try message.params(DidChangeParams.self)
            let uri = params.textDocument.uri
            documents[uri]?.change(params.contentChanges, version: params.textDocument.version)
            return keepWithinLimits(uri)
        case "textDocument/didClose":
            let uri = try message.params(DocumentParams.self).textDocument.uri
            guard let document = documents.removeValue(forKey: uri) else { return [] }
            // Problems of a file that is not open are not shown.
            return [publish([], of: document)]
        default: return []
        }
    }

    private mutating func initialize(_ params: InitializeParams) -> JSONValue {
        stage = .running
        let text = params.capabilities?.textDocument
        let encodings = params.capabilities?.general?.positionEncodings ?? []
        client.encoding = encodings.contains(PositionEncoding.utf8.rawValue) ? .utf8 : .utf16
        client.hasRelated = text?.publishDiagnostics?.relatedInformation ?? false
        client.hasSnippets = text?.completion?.completionItem?.snippetSupport ?? false
        client.hasVersionedEdits =
            params.capabilities?.workspace?.workspaceEdit?.documentChanges ?? false
        client.hasSymbolTree = text?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false
        return .object([
            (
                "capabilities",
                .object([
                    ("positionEncoding", .string(client.encoding.rawValue)),
                    (
                        "textDocumentSync",
                        // Changes come as the ranges that changed.
                        .object([("openClose", .bool(true)), ("change", .int(2))])
                    ),
                    ("hoverProvider", .bool(true)), ("definitionProvider", .bool(true)),
                    ("documentSymbolProvider", .bool(true)),
                    (
                        "completionProvider",
                        .object([
                            (
                                "triggerCharacters",
                                .array([" ", ":", "-", "{", "[", ","].map { .string($0) })
                            )
                        ])
                    ),
                    (
                        "codeActionProvider",
                        .object([("codeActionKinds", .array([.string("quickfix")]))])
                    ),
                ])
            ),
            (
                "serverInfo",
                .object([("name", .string("bnc")), ("version", .string(version))])
            ),
        ])
    }

    // MARK: Documents

    private mutating func atPlace(
        _ message: Message, _ body: (Document, SpecView?, Int) -> JSONValue
    ) throws(ResponseError) -> JSONValue {
        let params = try message.params(PlaceParams.self)
        return try withView(of: params.textDocument.uri) { document, view in
            body(document, view, document.text.offset(of: params.position))
        }
    }

    private mutating func withView(
        of uri: String, _ body: (Document, SpecView?) -> JSONValue
    ) throws(ResponseError) -> JSONValue {
        let view = documents[uri]?.view()
        guard let document = documents[uri] else {
            throw ResponseError(.invalidParams, "the document is not open")
        }
        defer { forgetOthers(than: uri) }
        return body(document, view)
    }

    private mutating func codeActions(_ params: CodeActionParams) throws(ResponseError)
        -> JSONValue
    {
        if let only = params.context?.only, !only.contains("quickfix"), !only.contains("") {
            return .array([])
        }
        let client = client
        return try withView(of: params.textDocument.uri) { document, view in
            guard let view else { return .array([]) }
            return QuickFixes(
                document: document,
                published: PublishedDiagnostics(
                    document: document, hasRelated: client.hasRelated),
                hasVersions: client.hasVersionedEdits
            ).actions(view.diagnostics, in: params.range)
        }
    }

    /// The diagnostics of one document whose text has changed.
    private mutating func publishNext() -> [JSONValue] {
        guard let uri = documents.values.lazy.filter(\.needsDiagnostics).map(\.uri).min()
        else { return [] }
        documents[uri]?.needsDiagnostics = false
        let view = documents[uri]?.view()
        guard let document = documents[uri] else { return [] }
        defer { forgetOthers(than: uri) }
        if document.isTooLong {
            let limit = SourceFile.sizeLimit >> 20
            return [
                publish(
                    [
                        Diagnostic(
                            .fileTooLarge,
                            "the text is larger than \(limit) MiB, the most that is read",
                            at: nil)
                    ], of: document)
            ]
        }
        return [publish(view?.diagnostics ?? [], of: document)]
    }

    private mutating func publishAll() -> [JSONValue] {
        var messages: [JSONValue] = []
        while documents.values.contains(where: \.needsDiagnostics) { messages += publishNext() }
        return messages
    }

    private func publish(_ diagnostics: [Diagnostic], of document: Document) -> JSONValue {
        Reply.notification(
            "textDocument/publishDiagnostics",
            PublishedDiagnostics(document: document, hasRelated: client.hasRelated)
                .params(diagnostics))
    }

    /// Drops a document that makes all of them together too large; the client is told so.
    private mutating func keepWithinLimits(_ uri: String) -> [JSONValue] {
        let count = documents.values.reduce(0) { $0 + $1.text.bytes.count }
        guard count > Self.textLimit else { return [] }
        documents[uri] = nil
        return [
            Reply.notification(
                "window/showMessage",
                .object([
                    ("type", .int(2)),
                    (
                        "message",
                        .string(
                            "bnc: the open documents hold more than \(Self.textLimit >> 20) MiB; "
                                + "the last one is left out")
                    ),
                ]))
        ]
    }

    /// Frees what is known of documents, if it is known of many.
    private mutating func forgetOthers(than uri: String) {
        let examined = documents.values.filter(\.isExamined)
        guard examined.count > Self.examinedLimit else { return }
        for document in examined where document.uri != uri { documents[document.uri]?.forget() }
    }
}
