import Foundation
import FuzzSupport
import TensorFiles

/// The readers of tensor files.
struct TensorFileTarget: FuzzTarget {
    let format: TensorFileFormat
    private let corpus: [[UInt8]]

    var name: String { fileExtension }
    var fileExtension: String {
        switch format {
        case .npy: "npy"
        case .npz: "npz"
        case .safetensors: "safetensors"
        }
    }

    init(_ format: TensorFileFormat) {
        self.format = format
        let path = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let floats = Tensor(shape: [2, 3], floats: [1, 2, 3, 4, 5, 6])
        let integers = Tensor(shape: [4], int32s: [1, -1, 0, 7])
        let scalar = Tensor(shape: [], floats: [1])
        let empty = Tensor(shape: [0, 5], floats: [])
        let bytes = Tensor(shape: [3], elementType: .uint8, bytes: [1, 2, 3])
        var corpus: [[UInt8]] = []
        func add(_ write: (String) throws -> Void) {
            do {
                try write(path)
                corpus.append(Array(try Data(contentsOf: URL(filePath: path))))
            } catch {
                fatalError("\(error)")
            }
        }
        switch format {
        case .npy:
            for tensor in [floats, integers, scalar, empty, bytes] {
                add { try Npy.write(tensor, to: $0) }
            }
        case .npz:
            add { try Npz.write([("a", floats), ("b", integers)], to: $0) }
            add { try Npz.write([("x/y", scalar), ("é", empty), ("c", bytes)], to: $0) }
        case .safetensors:
            add { try Safetensors.write([("a/kernel", floats), ("b", integers)], to: $0) }
            add {
                try Safetensors.write(
                    [("s", scalar), ("e", empty), ("u", bytes)], metadata: ["format": "np"], to: $0)
            }
        }
        self.corpus = corpus
    }

    func input(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = corpus[random.below(corpus.count)]
        for _ in 0...random.below(4) { ByteMutation.apply(&bytes, &random) }
        // Lengths stand at the front, and a length that fits leads further in.
        if format == .safetensors, bytes.count > 8, random.chance(2) {
            let length = UInt64(bytes.count - 8 - random.below(min(64, bytes.count - 8)))
            for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        }
        return bytes
    }

    func run(_ input: [UInt8], at path: String) -> String? {
        do throws(TensorFileError) {
            for (_, tensor) in try TensorFile.read(path: path) {
                if tensor.count != tensor.shape.reduce(1, *) { return "a shape without its data" }
                if tensor.floats().count != tensor.count { return "numbers are missing" }
                _ = try? tensor.int32s()
            }
            if format == .npz { _ = try Npz.entries(path: path) }
            return nil
        } catch {
            return error.message.isEmpty || error.path != path ? "an error without words" : nil
        }
    }
}
