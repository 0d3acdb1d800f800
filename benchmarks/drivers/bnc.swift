// A package that bnc wrote, as a driver (see driver.h): compare.py adds this to the package as one
// more executable. Input and output lie in the caller's memory.
//
// Benchmark WEIGHTS INPUT SHAPE OUTPUT SHAPE
import BenchmarkDriver
import MODULE

let arguments = CommandLine.arguments
guard arguments.count == 6 else { fail("usage", "Benchmark WEIGHTS INPUT SHAPE OUTPUT SHAPE") }
let input = read_tensor(arguments[2], arguments[3])
let output = make_tensor(arguments[5])
nonisolated(unsafe) let x = UnsafeBufferPointer(
    start: UnsafePointer(input.values), count: input.count)
nonisolated(unsafe) let y = UnsafeMutableBufferPointer(start: output.values, count: output.count)

func load() -> MODULE {
    do {
        return try MODULE(weights: arguments[1])
    } catch {
        fail(arguments[1], "\(error)")
    }
}

nonisolated(unsafe) let model = load()
model.predict(x, into: y)
write_tensor(arguments[4], output)

/// A function, as a closure here would first ask whether it runs on the main actor: 50 ns each time.
func predict() { model.predict(x, into: y) }
serve(predict)
