import Diagnostics

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a client sends, by JSON-RPC 2.0.
struct Message: Sendable {
    enum Kind: Sendable {
        case request(RequestID, method: String)
        case notification(method: String)
        /// An answer to a request of the server's, which makes none that matter.
        case response
    }

    let kind: Kind
    private let body: Data

    /// - Throws: what to answer to something that is no message.
    init(_ bytes: [UInt8]) throws(ResponseError) {
        body = Data(bytes)
        let envelope: Envelope
        do {
            envelope = try JSONDecoder().decode(Envelope.self, from: body)
        } catch DecodingError.dataCorrupted {
            throw ResponseError(.parseError, "the message is not valid JSON")
        } catch {
            throw ResponseError(.invalidRequest, "the message is no request of JSON-RPC 2.0")
        }
        switch (envelope.id, envelope.method) {
        case (.some(let id), .some(let method)): kind = .request(id, method: method)
        case (nil, .some(let method)): kind = .notification(method: method)
        case (_, nil):
            guard envelope.isResponse else {
                throw ResponseError(.invalidRequest, "the message has no `method`")
            }
            kind = .response
        }
    }

    /// How many bytes it takes.
    var count: Int { body.count }

    /// The parameters, read as a type.
    func params<Params: Decodable>(_: Params.Type = Params.self) throws(ResponseError) -> Params {
        do {
            return try JSONDecoder().decode(Holder<Params>.self, from: body).params
        } catch {
            throw ResponseError(.invalidParams, "the parameters don't fit the method")
        }
    }

    private struct Holder<Params: Decodable>: Decodable { let params: Params }

    private struct Envelope: Decodable {
        let id: RequestID?
        let method: String?
        let isResponse: Bool

        private enum Key: CodingKey { case id, method, result, error }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            method = try container.decodeIfPresent(String.self, forKey: .method)
            isResponse = container.contains(.result) || container.contains(.error)
            // `"id": null` is only in answers to what could not be read.
            id =
                isResponse && method == nil
                ? nil : try container.decodeIfPresent(RequestID.self, forKey: .id)
        }
    }
}

/// What a request is answered under.
enum RequestID: Hashable, Sendable, Decodable {
    case number(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    var json: JSONValue {
        switch self {
        case .number(let number): .int(number)
        case .text(let text): .string(text)
        }
    }
}

/// Why a request gets no result.
struct ResponseError: Error, Sendable {
    enum Code: Int, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParams = -32602
        case serverNotInitialized = -32002
        case requestCancelled = -32800
    }

    let code: Code
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// What the server sends.
enum Reply {
    static func result(_ id: RequestID, _ result: JSONValue) -> JSONValue {
        .object([("jsonrpc", .string("2.0")), ("id", id.json), ("result", result)])
    }

    /// - Parameter id: nil for what could not be read as a request.
    static func error(_ id: RequestID?, _ error: ResponseError) -> JSONValue {
        .object([
            ("jsonrpc", .string("2.0")), ("id", id?.json ?? .null),
            (
                "error",
                .object([
                    ("code", .int(error.code.rawValue)), ("message", .string(error.message)),
                ])
            ),
        ])
    }

    static func notification(_ method: String, _ params: JSONValue) -> JSONValue {
        .object([
            ("jsonrpc", .string("2.0")), ("method", .string(method)), ("params", params),
        ])
    }
}
