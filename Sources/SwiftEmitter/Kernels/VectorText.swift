import IR
import Plan

/// A stretch of channels that a kernel takes at once: `lanes` wide, `valid` of them real.
struct VectorWidth: Hashable {
    let lanes: Int
    let valid: Int

    init(_ lanes: Int, valid: Int? = nil) {
        self.lanes = lanes
        self.valid = valid ?? lanes
    }

    var isFull: Bool { valid == lanes }
    var type: String { "SIMD\(lanes)<Float>" }

    func load(_ pointer: String, fill: String? = nil) -> String {
        if isFull { return "load\(lanes)(\(pointer))" }
        return "load\(lanes)(\(pointer), first: \(valid)\(fill.map { ", fill: \($0)" } ?? ""))"
    }

    func store(_ pointer: String, _ value: String) -> String {
        isFull
            ? "store\(lanes)(\(pointer), \(value))"
            : "store\(lanes)(\(pointer), \(value), first: \(valid))"
    }

    func splat(_ value: String) -> String { "splat\(lanes)(\(value))" }

    /// A stretch of `count` elements as runs of vectors: full ones, narrower ones, the rest.
    struct Run: Hashable {
        let start: Int
        let times: Int
        let width: VectorWidth
    }

    static func runs(_ count: Int, lanes: Int) -> [Run] {
        var runs: [Run] = []
        var start = 0
        var lanes = lanes
        while lanes >= 4 {
            let times = (count - start) / lanes
            if times > 0 {
                runs.append(Run(start: start, times: times, width: VectorWidth(lanes)))
                start += times * lanes
            }
            lanes /= 2
        }
        if start < count {
            runs.append(Run(start: start, times: 1, width: VectorWidth(4, valid: count - start)))
        }
        return runs
    }
}

/// What a kernel's text needs from the helpers, collected while it is written.
struct Needs: Hashable {
    /// Vector functions by section name and lane count.
    struct Function: Hashable, Comparable {
        let name: String
        let lanes: Int
        static func < (a: Function, b: Function) -> Bool { (a.name, a.lanes) < (b.name, b.lanes) }
    }
    var functions: Set<Function> = []
    /// Functions over a run of whole vectors in place, by kind and lane count.
    var runs: Set<Function> = []
    var helpers: Set<String> = []
    var lanes: Set<Int> = []

    mutating func formUnion(_ other: Needs) {
        functions.formUnion(other.functions)
        runs.formUnion(other.runs)
        helpers.formUnion(other.helpers)
        lanes.formUnion(other.lanes)
    }
}

/// A float literal that means the same bits: decimal where that is exact, else hexadecimal.
func literal(_ value: Float) -> String {
    if value.isNaN { return "Float.nan" }
    if value.isInfinite { return value < 0 ? "-Float.infinity" : "Float.infinity" }
    if value == value.rounded(), abs(value) < 1e6, !(value == 0 && value.sign == .minus) {
        return "\(Int(value)).0"
    }
    return hexadecimal(value)
}

private func hexadecimal(_ value: Float) -> String {
    let sign = value.sign == .minus ? "-" : ""
    if value == 0 { return sign + "0.0" }
    let magnitude = value.magnitude
    let exponent = magnitude.isNormal ? Int(magnitude.exponent) : -126
    let significand = magnitude.isNormal ? magnitude.significandBitPattern : magnitude.bitPattern
    var digits = String(significand << 1, radix: 16)
    digits = String(repeating: "0", count: 6 - digits.count) + digits
    while digits.count > 1 && digits.last == "0" { digits.removeLast() }
    return "\(sign)0x\(magnitude.isNormal ? 1 : 0).\(digits)p\(exponent)"
}
