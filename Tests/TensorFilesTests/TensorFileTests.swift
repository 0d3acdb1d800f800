import Testing

@testable import TensorFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct TensorFileTests {
    private let scratch = Scratch()
    private let tensor = Tensor(shape: [2], floats: [1, 2])

    private func readMessage(_ name: String) -> String? {
        message(scratch) { () throws(TensorFileError) in
            _ = try TensorFile.read(path: scratch.path(name))
        }
    }

    @Test(arguments: ["x.npz", "x.safetensors", "x.NPZ"])
    func namedTensors(_ name: String) throws {
        let path = scratch.path(name)
        try TensorFile.write([("b", tensor), ("a", tensor)], to: path)
        let read = try TensorFile.read(path: path)
        #expect(read.map(\.name) == ["b", "a"])
        #expect(read.map { $0.tensor.floats() } == [[1, 2], [1, 2]])
    }

    @Test func oneTensorWithoutName() throws {
        let path = scratch.path("x.npy")
        try TensorFile.write([(nil, tensor)], to: path)
        let read = try TensorFile.read(path: path)
        #expect(read.map(\.name) == [nil])
        #expect(read[0].tensor.floats() == [1, 2])
    }

    @Test func writingNeedsWhatTheFormatNeeds() {
        func failure(_ tensors: [(name: String?, tensor: Tensor)], _ name: String) -> String? {
            message(scratch) { () throws(TensorFileError) in
                try TensorFile.write(tensors, to: scratch.path(name))
            }
        }
        #expect(
            failure([("a", tensor), ("b", tensor)], "x.npy") == """
                x.npy: expected one tensor for npy, found 2
                  help: write a .npz or .safetensors file, which hold several
                """)
        #expect(
            failure([("a", tensor), (nil, tensor)], "x.npz") == """
                x.npz: expected a name for each tensor, tensor 1 has none
                  help: name it, or write a .npy file, which holds one without a name
                """)
        #expect(
            failure([("a", tensor)], "x.bin") == """
                x.bin: expected the extension .npy, .npz or .safetensors, found '.bin'
                  help: end the name in one of them
                """)
        #expect(scratch.names.isEmpty)
    }

    @Test func anExtensionThatLiesIsNoticed() throws {
        scratch.write(Fixtures.version3, as: "a.npz")
        #expect(
            readMessage("a.npz") == """
                a.npz: expected npz, as the extension says, found the content of an npy file
                  help: rename it to end in .npy
                """)
        scratch.write(Fixtures.safetensors, as: "a.npy")
        #expect(
            readMessage("a.npy") == """
                a.npy: expected npy, as the extension says, found the content of a safetensors file
                  help: rename it to end in .safetensors
                """)
        scratch.write([0x89] + Array("HDF\r\n\u{1a}\n".utf8), as: "a.safetensors")
        #expect(
            readMessage("a.safetensors") == """
                a.safetensors: expected safetensors, as the extension says, found HDF5
                  help: convert it to safetensors, npz or npy first
                """)
        scratch.write(Fixtures.storedArchive, as: "weights")
        #expect(
            readMessage("weights") == """
                weights: expected the extension .npy, .npz or .safetensors, found none
                  help: its content is npz: rename it to end in .npz
                """)
    }

    @Test func pathsThatCannotBeOpenedAreExplained() throws {
        #expect(readMessage("x.npy") == "x.npy: no such file")
        scratch.write([1], as: "weigths.npy")
        #expect(
            readMessage("weights.npy") == """
                weights.npy: no such file
                  help: did you mean 'weigths.npy'?
                """)
        #expect(
            message { () throws(TensorFileError) in
                _ = try TensorFile.read(path: "\(scratch.path)/no/x.npy")
            } == "\(scratch.path)/no/x.npy: no such file: there is no directory "
                + "'\(scratch.path)/no'")
        mkdir(scratch.path("d.npy"), 0o777)
        #expect(
            readMessage("d.npy") == """
                d.npy: expected a file, found a directory
                  help: name a file in it
                """)
        scratch.write([], as: "e.npz")
        #expect(
            readMessage("e.npz") == """
                e.npz: the file is empty, expected an npz file
                  help: write it again; whatever was to write it may have stopped early
                """)
        #expect(mkfifo(scratch.path("p.npy"), 0o666) == 0)
        #expect(
            readMessage("p.npy") == """
                p.npy: not a regular file, expected an npy file
                  help: save the data to a file first; a pipe or device can't be read at a position
                """)
        #expect(
            PathAdvice.openingFailed("a/x.npy", EACCES).description == """
                a/x.npy: permission denied
                  help: check who may read it: ls -l a/x.npy
                """)
        #expect(
            message { () throws(TensorFileError) in _ = try TensorFile.read(path: "a\0b.npy") }?
                .contains("the path holds a zero byte") == true)
    }

    @Test func suggestions() {
        func nearest(_ name: String, _ candidates: String...) -> String? {
            EditDistance.nearest(to: name, among: candidates)
        }
        #expect(nearest("kernel", "kernal", "bias") == "kernal")
        #expect(nearest("kernel", "kernel1", "kernel12") == "kernel1")
        #expect(nearest("kernel", "bernal", "aernel") == "aernel")
        #expect(nearest("kernel", "krnl", "kerne") == "kerne")
        #expect(nearest("kernel", "colonel", "") == nil)
        #expect(nearest("ab", "xy", "") == nil)
    }
}
