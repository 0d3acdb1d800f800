import Syntax
import Testing

@Suite struct ScalarValueTests {
    @Test(arguments: [
        ("", ScalarValue.null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
        ("nULL", .string("nULL")), ("None", .string("None")),
        ("true", .boolean(true)), ("True", .boolean(true)), ("TRUE", .boolean(true)),
        ("false", .boolean(false)), ("False", .boolean(false)), ("FALSE", .boolean(false)),
        ("yes", .string("yes")), ("no", .string("no")), ("on", .string("on")),
        ("off", .string("off")), ("y", .string("y")), ("tRUE", .string("tRUE")),
        ("0", .integer(0)), ("-0", .integer(0)), ("+3", .integer(3)), ("-12", .integer(-12)),
        ("017", .integer(17)), ("0o17", .integer(15)), ("0x1F", .integer(31)),
        ("0xff", .integer(255)), ("0o8", .string("0o8")), ("0x", .string("0x")),
        ("0o", .string("0o")), ("0xG", .string("0xG")), ("-0x1", .string("-0x1")),
        ("0b1", .string("0b1")), ("1_000", .string("1_000")), ("1:30", .string("1:30")),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .integerOverflow("9223372036854775808")),
        ("-9223372036854775809", .integerOverflow("-9223372036854775809")),
        ("0xFFFFFFFFFFFFFFFF", .integerOverflow("0xFFFFFFFFFFFFFFFF")),
        ("1e-3", .number(0.001)), ("1E3", .number(1000)), ("1e+3", .number(1000)),
        ("1.5", .number(1.5)), (".5", .number(0.5)), ("-.5", .number(-0.5)), ("1.", .number(1)),
        ("+1.e2", .number(100)), (".5e1", .number(5)), ("-1.25e-2", .number(-0.0125)),
        ("0.1", .number(0.1)), ("1e400", .number(.infinity)), ("1e-400", .number(0)),
        (".inf", .number(.infinity)), ("-.inf", .number(-.infinity)), ("+.INF", .number(.infinity)),
        ("-.Inf", .number(-.infinity)), (".iNF", .string(".iNF")),
        ("inf", .string("inf")), ("nan", .string("nan")), ("-.nan", .string("-.nan")),
        (".", .string(".")), ("-", .string("-")), ("+", .string("+")), ("e3", .string("e3")),
        ("1e", .string("1e")), ("1e+", .string("1e+")), (".e1", .string(".e1")),
        ("1.2.3", .string("1.2.3")), ("1 2", .string("1 2")), ("--1", .string("--1")),
        ("１", .string("１")), ("0x1p3", .string("0x1p3")), ("same", .string("same")),
    ])
    func coreSchema(text: String, value: ScalarValue) {
        #expect(Scalar(text: text, isPlain: true).value == value)
        #expect(Scalar(text: text, isPlain: false).value == .string(text))
    }

    @Test(arguments: [".nan", ".NaN", ".NAN"])
    func notANumber(text: String) {
        guard case .number(let value) = ScalarValue(plain: text) else {
            Issue.record("`\(text)` is no number")
            return
        }
        #expect(value.isNaN)
    }

    @Test func decimalsAreCorrectlyRounded() {
        #expect(ScalarValue(plain: "0.30000000000000004") == .number(0.1 + 0.2))
        let many = String(repeating: "9", count: 10_000) + ".5"
        #expect(ScalarValue(plain: many) == .number(.infinity))
    }
}
