/// Reads the one dictionary of an npy header: strings, booleans, integers and tuples of integers.
///
/// Source: what `numpy.lib.format.read_array_header` passes to `ast.literal_eval`.
struct PythonLiteralReader {
    /// What is wrong, and at which byte of the file.
    struct Failure: Error {
        let message: String
        let offset: Int
    }

    private let text: [UInt8]
    private var offset: Int

    /// - Parameter offset: where in `text` the dictionary starts.
    init(_ text: [UInt8], from offset: Int) {
        self.text = text
        self.offset = offset
    }

    /// The members in their order; `offset` is where the value starts.
    mutating func dictionary() throws(Failure) -> [(
        key: String, value: PythonLiteral, offset: Int
    )] {
        var members: [(key: String, value: PythonLiteral, offset: Int)] = []
        guard take("{") else { throw unexpected("a dictionary") }
        while !take("}") {
            let key = try string()
            guard take(":") else { throw unexpected("':' after a key") }
            skipSpace()
            let start = offset
            members.append((key, try value(), start))
            if take("}") { break }
            guard take(",") else { throw unexpected("',' or '}'") }
        }
        skipSpace()
        guard offset == text.count else { throw unexpected("nothing more") }
        return members
    }

    private mutating func value() throws(Failure) -> PythonLiteral {
        skipSpace()
        switch offset < text.count ? text[offset] : 0 {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "("): return .integers(try tuple())
        case UInt8(ascii: "["):
            try skipList()
            return .fields
        case UInt8(ascii: "T"):
            try word("True")
            return .bool(true)
        case UInt8(ascii: "F"):
            try word("False")
            return .bool(false)
        case UInt8(ascii: "N"):
            try word("None")
            return .none
        default: return .integer(try integer())
        }
    }

    private mutating func tuple() throws(Failure) -> [Int] {
        var values: [Int] = []
        guard take("(") else { throw unexpected("'('") }
        while !take(")") {
            values.append(try integer())
            if take(")") {
                // Python reads `(3)` as a number.
                guard values.count > 1 else { throw unexpected("',' after a tuple's only size") }
                break
            }
            guard take(",") else { throw unexpected("',' or ')'") }
        }
        return values
    }

    /// Passes over a list, brackets and strings balanced; a loop, so that nesting costs nothing.
    private mutating func skipList() throws(Failure) {
        let start = offset
        var depth = 0
        repeat {
            skipSpace()
            guard offset < text.count else {
                throw Failure(message: "the list that starts here never ends", offset: start)
            }
            switch text[offset] {
            case UInt8(ascii: "["), UInt8(ascii: "("):
                depth += 1
                offset += 1
            case UInt8(ascii: "]"), UInt8(ascii: ")"):
                depth -= 1
                offset += 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                _ = try string()
            default:
                offset += 1
            }
        } while depth > 0
    }

    private mutating func string() throws(Failure) -> String {
        skipSpace()
        let start = offset
        guard offset < text.count,
            text[offset] == UInt8(ascii: "'") || text[offset] == UInt8(ascii: "\"")
        else { throw unexpected("a string") }
        let quote = text[offset]
        offset += 1
        var bytes: [UInt8] = []
        while offset < text.count, text[offset] != quote {
            if text[offset] == UInt8(ascii: "\\"), offset + 1 < text.count { offset += 1 }
            bytes.append(text[offset])
            offset += 1
        }
        guard offset < text.count else {
            throw Failure(message: "the string that starts here never ends", offset: start)
        }
        offset += 1
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A non-negative integer; Python 2 wrote an `L` after a large one.
    private mutating func integer() throws(Failure) -> Int {
        skipSpace()
        let start = offset
        var value = 0
        while offset < text.count, (0x30...0x39).contains(text[offset]) {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int(text[offset] - 0x30))
            guard !overflow, !carry else {
                throw Failure(message: "the number is too large", offset: start)
            }
            value = sum
            offset += 1
        }
        guard offset > start else { throw unexpected("a non-negative integer") }
        if offset < text.count, text[offset] == UInt8(ascii: "L") { offset += 1 }
        return value
    }

    private mutating func word(_ word: StaticString) throws(Failure) {
        let bytes = Array(word.description.utf8)
        guard text[offset...].starts(with: bytes) else { throw unexpected("a value") }
        offset += bytes.count
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

    private mutating func unexpected(_ expected: String) -> Failure {
        skipSpace()
        guard offset < text.count else {
            return Failure(message: "expected \(expected), found the end", offset: offset)
        }
        let byte = text[offset]
        let found =
            (0x21...0x7E).contains(byte)
            ? "'\(UnicodeScalar(byte))'" : "byte 0x\(String(byte, radix: 16))"
        return Failure(message: "expected \(expected), found \(found)", offset: offset)
    }
}
