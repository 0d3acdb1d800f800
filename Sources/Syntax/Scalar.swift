/// A value that is no collection.
package struct Scalar: Sendable {
    /// The text with quotes and escapes resolved.
    package let text: String
    /// Whether it is written without quotes and not as a block (`|`, `>`). Only such text can be
    /// anything but a string.
    package let isPlain: Bool
    package let value: ScalarValue

    package init(text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
        self.value = isPlain ? ScalarValue(plain: text) : .string(text)
    }
}

/// What a scalar means in the core schema of YAML 1.2.
///
/// That differs from YAML 1.1, and so from PyYAML, in that `no`, `yes`, `on` and `off` are
/// strings, `1e-3` is a number, and so is `0o17`, while `017` is seventeen.
package enum ScalarValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// An integer that `Int` can't hold, as written.
    case integerOverflow(String)
    case number(Double)
    case string(String)

    /// Whether this is a number of any size.
    package var isNumber: Bool {
        switch self {
        case .integer, .integerOverflow, .number: true
        default: false
        }
    }

    /// Reads text written without quotes.
    package init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .boolean(true)
        case "false", "False", "FALSE": self = .boolean(false)
        case ".nan", ".NaN", ".NAN": self = .number(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": self = .number(.infinity)
        case "-.inf", "-.Inf", "-.INF": self = .number(-.infinity)
        default: self = Self.number(text) ?? .string(text)
        }
    }

    /// `[-+]?[0-9]+`, `0o[0-7]+`, `0x[0-9a-fA-F]+`, or
    /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
    private static func number(_ text: String) -> ScalarValue? {
        let bytes = Array(text.utf8)
        if bytes.starts(with: "0o".utf8), bytes.count > 2 {
            guard bytes[2...].allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
            return integer(text, digits: text.dropFirst(2), radix: 8)
        }
        if bytes.starts(with: "0x".utf8), bytes.count > 2 {
            guard bytes[2...].allSatisfy({ isDigit($0) || isHexLetter($0) }) else { return nil }
            return integer(text, digits: text.dropFirst(2), radix: 16)
        }

        var index = 0
        func skipDigits() -> Int {
            let start = index
            while index < bytes.count, isDigit(bytes[index]) { index += 1 }
            return index - start
        }
        func skip(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
            guard index < bytes.count else { return false }
            guard bytes[index] == UInt8(ascii: a) || bytes[index] == UInt8(ascii: b) else {
                return false
            }
            index += 1
            return true
        }
        _ = skip("-", "+")
        let whole = skipDigits()
        if whole > 0, index == bytes.count {
            return integer(text, digits: text[...], radix: 10)
        }
        let fraction = skip(".", ".") ? skipDigits() : 0
        guard whole + fraction > 0 else { return nil }
        if skip("e", "E") {
            _ = skip("-", "+")
            guard skipDigits() > 0 else { return nil }
        }
        guard index == bytes.count else { return nil }
        // `Double` wants digits on both sides of the point.
        var literal = text
        if whole == 0, let point = literal.firstIndex(of: ".") { literal.insert("0", at: point) }
        return Double(literal).map { .number($0) }
    }

    private static func integer(_ text: String, digits: Substring, radix: Int) -> ScalarValue {
        if let value = Int(digits, radix: radix) { .integer(value) } else { .integerOverflow(text) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexLetter(_ byte: UInt8) -> Bool {
        (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
