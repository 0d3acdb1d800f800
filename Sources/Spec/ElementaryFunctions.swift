/// Functions for the numbers that layers and initializers are made of, which have to be the same on
/// every machine: libraries differ in the last bit.
package enum ElementaryFunctions {
    /// The cosine and the sine of `2 pi turn / turns`.
    ///
    /// - Precondition: `turns` is positive.
    package static func circle(_ turn: Int, of turns: Int) -> (cosine: Double, sine: Double) {
        // In eighths of a turn, exactly; an angle of at most an eighth is left.
        let place = 8 * ((turn % turns + turns) % turns)
        var octant = place / turns
        var rest = place % turns
        if octant % 2 == 1 {
            octant += 1
            rest -= turns
        }
        let x = Double.pi / 4 * Double(rest) / Double(turns)
        let (cosine, sine) = (series(x, from: 0), series(x, from: 1))
        return switch octant / 2 % 4 {
        case 0: (cosine, sine)
        case 1: (-sine, cosine)
        case 2: (-cosine, -sine)
        default: (sine, -cosine)
        }
    }

    /// `x^n / n! - x^(n + 2) / (n + 2)! + ...`, for `|x| <= pi / 4`.
    private static func series(_ x: Double, from first: Int) -> Double {
        var sum = 1.0
        for n in stride(from: first + 18, to: first, by: -2) {
            sum = 1 - sum * x * x / Double(n * (n - 1))
        }
        return first == 1 ? sum * x : sum
    }

    /// The natural logarithm.
    ///
    /// - Precondition: x is positive; infinity's logarithm is infinity.
    package static func logarithm(_ x: Double) -> Double {
        guard x < .infinity else { return x }
        // x = m 2^n with m in sqrt(1/2)...sqrt(2), and log(m) = 2 artanh((m - 1) / (m + 1)).
        var n = x.exponent
        var m = x.significand
        if m > 2.0.squareRoot() {
            m /= 2
            n += 1
        }
        let z = (m - 1) / (m + 1)
        var sum = 0.0
        for k in stride(from: 25, through: 1, by: -2) { sum = sum * z * z + 1 / Double(k) }
        return Double(n) * 0.6931471805599453 + 2 * z * sum
    }
}
