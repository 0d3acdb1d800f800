/// Reads JSON one token at a time, for callers who know what they expect.
///
/// No tree is built, so that memory is what the caller keeps, and nesting is bounded: a file of a
/// hundred million brackets is an error like any other.
///
/// Source: RFC 8259. Stricter than it in one point: a lone surrogate is refused, since no Swift
/// string can hold it.
struct JSONReader {
    /// What is wrong, and at which byte of the text.
    struct Failure: Error {
        let message: String
        let offset: Int
        /// How to mend it, if the reader's caller knows better than to write the text again.
        var help: String? = nil
    }

    static let maximumDepth = 8

    private let text: [UInt8]
    private(set) var offset = 0
    private var depth = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// Calls `body` for each member of the object that starts here; `body` reads its value.
    mutating func object(
        _ body: (inout JSONReader, _ key: String, _ keyOffset: Int) throws(Failure) -> Void
    ) throws(Failure) {
        try open("{", "an object")
        if take("}") {
            depth -= 1
            return
        }
        while true {
            skipSpace()
            let keyOffset = offset
            let key = try string()
            guard take(":") else { throw unexpected("':' after a key") }
            try body(&self, key, keyOffset)
            if take("}") { break }
            guard take(",") else { throw unexpected("',' or '}'") }
        }
        depth -= 1
    }

    /// Calls `body` for each element of the array that starts here; `body` reads it.
    mutating func array(_ body: (inout JSONReader) throws(Failure) -> Void) throws(Failure) {
        try open("[", "an array")
        if take("]") {
            depth -= 1
            return
        }
        while true {
            try body(&self)
            if take("]") { break }
            guard take(",") else { throw unexpected("',' or ']'") }
        }
        depth -= 1
    }

    mutating func string() throws(Failure) -> String {
        skipSpace()
        let start = offset
        guard take("\"") else { throw unexpected("a string") }
        var bytes: [UInt8] = []
        while true {
            let run = offset
            while offset < text.count, text[offset] != UInt8(ascii: "\""),
                text[offset] != UInt8(ascii: "\\"), text[offset] >= 0x20
            {
                offset += 1
            }
            bytes += text[run..<offset]
            guard offset < text.count else {
                throw Failure(message: "the string that starts here never ends", offset: start)
            }
            switch text[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                guard let string = String(validating: bytes, as: UTF8.self) else {
                    throw Failure(message: "the string is not valid UTF-8", offset: start)
                }
                return string
            case UInt8(ascii: "\\"):
                try escape(into: &bytes)
            default:
                throw unexpected("a character that may stand in a string")
            }
        }
    }

    /// An integer without sign, fraction or exponent that fits in `Int`.
    mutating func count() throws(Failure) -> Int {
        skipSpace()
        let start = offset
        var value = 0
        while (0x30...0x39).contains(byte) {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int(text[offset] - 0x30))
            guard !overflow, !carry else {
                throw Failure(message: "the number is too large", offset: start)
            }
            value = sum
            offset += 1
        }
        let digits = offset - start
        let goesOn =
            byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
        guard digits > 0, !goesOn, digits == 1 || text[start] != 0x30 else {
            offset = start
            throw unexpected("a non-negative integer")
        }
        return value
    }

    /// Passes over whatever value starts here.
    mutating func skipValue() throws(Failure) {
        skipSpace()
        guard offset < text.count else { throw unexpected("a value") }
        switch text[offset] {
        case UInt8(ascii: "{"):
            try object { (reader, _, _) throws(Failure) in try reader.skipValue() }
        case UInt8(ascii: "["):
            try array { (reader) throws(Failure) in try reader.skipValue() }
        case UInt8(ascii: "\""):
            _ = try string()
        case UInt8(ascii: "t"):
            try word("true")
        case UInt8(ascii: "f"):
            try word("false")
        case UInt8(ascii: "n"):
            try word("null")
        default:
            try skipNumber()
        }
    }

    /// Only white space may follow.
    mutating func end() throws(Failure) {
        skipSpace()
        guard offset == text.count else { throw unexpected("nothing more") }
    }

    /// "expected X, found Y" at the current place.
    mutating func unexpected(_ expected: String) -> Failure {
        skipSpace()
        return Failure(message: "expected \(expected), found \(found)", offset: offset)
    }

    private var found: String {
        guard offset < text.count else { return "the end" }
        let byte = text[offset]
        return (0x21...0x7E).contains(byte)
            ? "'\(UnicodeScalar(byte))'" : "byte 0x\(String(byte, radix: 16))"
    }

    private mutating func open(_ bracket: UnicodeScalar, _ what: String) throws(Failure) {
        guard take(bracket) else { throw unexpected(what) }
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw Failure(
                message: "nested deeper than \(Self.maximumDepth) levels", offset: offset - 1)
        }
    }

    private mutating func skipSpace() {
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    private mutating func take(_ character: UnicodeScalar) -> Bool {
        skipSpace()
        guard offset < text.count, text[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func word(_ word: StaticString) throws(Failure) {
        let bytes = Array(word.description.utf8)
        guard text[offset...].starts(with: bytes) else { throw unexpected("a value") }
        offset += bytes.count
    }

    private mutating func skipNumber() throws(Failure) {
        let start = offset
        if byte == UInt8(ascii: "-") { offset += 1 }
        let startsWithZero = byte == UInt8(ascii: "0")
        let whole = skipDigits()
        var isValid = whole == 1 || whole > 1 && !startsWithZero
        if byte == UInt8(ascii: ".") {
            offset += 1
            isValid = skipDigits() > 0 && isValid
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            offset += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { offset += 1 }
            isValid = skipDigits() > 0 && isValid
        }
        guard isValid else {
            offset = start
            throw unexpected("a value")
        }
    }

    /// Returns how many there were.
    private mutating func skipDigits() -> Int {
        let start = offset
        while (0x30...0x39).contains(byte) { offset += 1 }
        return offset - start
    }

    /// The byte at `offset`; 0, which no token holds, at the end.
    private var byte: UInt8 {
        offset < text.count ? text[offset] : 0
    }

    /// Reads an escape sequence; `offset` is at its backslash.
    private mutating func escape(into bytes: inout [UInt8]) throws(Failure) {
        let start = offset
        offset += 1
        let letter = offset < text.count ? text[offset] : 0
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(letter)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            var code = hexadecimal()
            if let high = code, (0xD800...0xDBFF).contains(high) {
                code = nil
                if text[min(offset, text.count)...].starts(with: [0x5C, 0x75]) {
                    offset += 2
                    if let low = hexadecimal(), (0xDC00...0xDFFF).contains(low) {
                        code = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
                    }
                }
            }
            guard let code, let scalar = UnicodeScalar(code) else { fallthrough }
            bytes += Array(String(Character(scalar)).utf8)
        default:
            offset = min(offset, text.count)
            throw Failure(message: "not an escape sequence of JSON", offset: start)
        }
    }

    /// Four hexadecimal digits.
    private mutating func hexadecimal() -> UInt32? {
        guard text.count - offset >= 4 else { return nil }
        var value: UInt32 = 0
        for byte in text[offset..<(offset + 4)] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
                return nil
            }
            value = value << 4 | UInt32(digit)
        }
        offset += 4
        return value
    }
}
