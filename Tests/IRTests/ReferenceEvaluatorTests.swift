import IR
import TestSupport
import Testing

/// Ops by hand, and against numpy and scipy.
@Suite struct ReferenceEvaluatorTests {
    private let nan = Double.nan

    // MARK: Windows

    /// Keras's `same` is asymmetric for an even size: the extra cell goes after.
    @Test func convolutionsPadAsTheyAreTold() throws {
        let kernel = "%k = constant splat 1 : f32[3,1,1]\n"
        let even = try y(
            kernel + "%y = convolution %x, %k strides=[2] padding=[0:1]", "1,4,1", 1...4)
        #expect(even == [6, 7])
        let odd = try y(
            kernel + "%y = convolution %x, %k strides=[2] padding=[1:1]", "1,5,1", 1...5)
        #expect(odd == [3, 9, 9])
        let causal = try y(
            kernel + "%y = convolution %x, %k strides=[2] padding=[2:0]", "1,4,1", 1...4)
        #expect(causal == [1, 6])
    }

    @Test func convolutionsCorrelateAndAddTheBias() throws {
        let text = """
            %k = constant {1, 10} : f32[2,1,1]
            %b = constant {0.5} : f32[1]
            %y = convolution %x, %k, %b
            """
        // Not flipped: the kernel's first number meets the earlier cell.
        #expect(try y(text, "2,2,1", [1, 2, 3, 4]) == [21.5, 43.5])
    }

    @Test func depthwiseConvolutionsKeepAChannelsFiltersTogether() throws {
        let text = """
            %k = constant {1, 2, 3, 4} : f32[1,1,4]
            %y = convolution %x, %k groups=2
            """
        #expect(try y(text, "1,2,2", [1, 10, 2, 20]) == [1, 2, 30, 40, 2, 4, 60, 80])
    }

    @Test func aConvolutionWithEverything() throws {
        let text = """
            %k = constant {-2, -1, 0, 1, 2, -2, -1, 0, 1, 2, -2, -1, 0, 1, 2, -2, -1, 0, 1, 2, -2, \
            -1, 0, 1, 2, -2, -1, 0, 1, 2, -2, -1} : f32[2,2,2,4]
            %y = convolution %x, %k strides=[2,1] padding=[1:0,1:2] dilation=[1,2] groups=2
            """
        let x = (0..<48).map { Double($0 % 7 - 3) }
        let expected: [Double] = [
            4, 2, 3, 3, 2, 4, -3, -3, -5, -2, 3, 3, 4, 1, 0, 1, -9, 0, 3, -5, 7, -4, 9, 11, 9, 3,
            -3,
            -1, -17, 1, 4, 1,
        ]
        #expect(try y(text, "1,4,3,4", x) == expected)
    }

    @Test func convolutionsHaveUpToThreeSpatialAxes() throws {
        let text = """
            %k = constant {1, 1, 10, 10} : f32[2,1,2,1,1]
            %y = convolution %x, %k
            """
        #expect(try y(text, "1,2,2,2,1", 0...7) == [91, 135])
    }

    @Test func averagesCountRealCells() throws {
        let text = "%y = pool %x kind=average window=[2] strides=[1] padding=[0:1]"
        #expect(try y(text, "1,5,1", 1...5) == [1.5, 2.5, 3.5, 4.5, 5])
        let square = "%y = pool %x kind=average window=[2,2] padding=[1:0,1:0]"
        #expect(try y(square, "1,3,3,1", 1...9) == [1, 2.5, 5.5, 7])
    }

    @Test func maximaIgnoreNaNAndPadding() throws {
        let text = "%y = pool %x kind=maximum window=[2] padding=[1:1]"
        let lowest = Double(-Float.greatestFiniteMagnitude)
        #expect(
            try y(text, "1,6,1", [-3, nan, -1, nan, nan, -.infinity]) == [-3, -1, lowest, lowest])
        let dropped = "%y = pool %x kind=maximum window=[2]"
        #expect(try y(dropped, "1,5,2", 0...9) == [2, 3, 6, 7])
    }

    @Test func matricesBroadcastTheirBatches() throws {
        let numbers = (0..<18).map { "\($0 - 8)" }.joined(separator: ", ")
        let text = """
            %b = constant {\(numbers)} : f32[3,3,2]
            %c = constant {100, 200} : f32[2]
            %y = matmul %x, %b, %c
            """
        let product: [Double] = [
            76, 64, 22, 19, 4, -8, 4, 1, -68, -80, -14, -17, -32, -26, -86, -71, 4, 10, 4, 19, 40,
            46, 94, 109,
        ]
        let expected = product.enumerated().map { $1 + ($0 % 2 == 0 ? 100 : 200) }
        #expect(try y(text, "2,1,2,3", -5...6) == expected)
        // What Dense does to an input of rank 3.
        let dense = """
            %b = constant {1, 10} : f32[2,1]
            %y = matmul %x, %b
            """
        #expect(try y(dense, "1,3,2", 1...6) == [21, 43, 65])
    }

    // MARK: Rows

    @Test func softmaxTakesItsAxesJointly() throws {
        let x = [1, 2, -1, 0.5, 3, -2]
        let joint: [Double] = [
            0.084040739686, 0.228446415537, 0.011373677309, 0.050973285284, 0.620981740132,
            0.004184142052,
        ]
        let result = try y("%y = softmax %x axes=[1,2]", "1,2,3", x)
        #expect(areClose(result, joint, within: 1e-11))
        #expect(isClose(result.reduce(0, +), 1))
        let logarithms: [Double] = [
            -1.349012216768, -0.349012216768, -3.349012216768, -2.585097246364, -0.085097246364,
            -5.085097246364,
        ]
        #expect(
            areClose(
                try y("%y = softmax %x kind=log_softmax axes=[2]", "1,2,3", x), logarithms,
                within: 1e-11))
        #expect(try y("%y = softmax %x axes=[1]", "1,2", [1000, 1000]) == [0.5, 0.5])
        #expect(
            try y("%y = softmax %x axes=[1]", "2,2", [1, nan, 3, 3]).map(\.isNaN)
                == [true, true, false, false])
    }

    /// Keras sums the cumulative sums over the support: with one element in it that is the
    /// projection onto the simplex, with more it isn't.
    @Test func sparsemaxIsKerass() throws {
        let text = "%y = softmax %x kind=sparsemax axes=[1]"
        #expect(try y(text, "2,3", [3, 1, 0.5, 0, 0, 9]) == [1, 0, 0, 0, 0, 1])
        // The support is all three: the sums are 0.5, 0.8 and 0.9, and tau is (2.2 - 1) / 3.
        #expect(
            areClose(try y(text, "1,3", [0.1, 0.5, 0.3]), [0, 0.1, 0]))
    }

    @Test func normalizationsUseTheirOwnStatistics() throws {
        let x = [1, 2, -1, 0.5, 3, -2]
        let standard: [Double] = [
            0.245991034754, 0.836369518165, -0.934765932067, -0.049198206951, 1.426748001576,
            -1.525144415478,
        ]
        #expect(
            areClose(
                try y("%y = normalize %x kind=standard axes=[1,2] epsilon=0.001", "1,2,3", x),
                standard, within: 1e-11))
        let rootMeanSquare: [Double] = [
            0.942809041582, 0.755928946018, -0.57735026919, 0.471404520791, 1.133893419028,
            -1.154700538379,
        ]
        #expect(
            areClose(
                try y("%y = normalize %x kind=root_mean_square axes=[1] epsilon=0.5", "1,2,3", x),
                rootMeanSquare, within: 1e-11))
        let unit = "%y = normalize %x kind=unit axes=[1] epsilon=0"
        #expect(areClose(try y(unit, "2,2", [3, 4, 0, 0]), [0.6, 0.8, 0, 0]))
        #expect(areClose(try y(unit, "1,2", [3e-14, 4e-14]), [0.03, 0.04]))
    }

    @Test func reductionsRunOverTheirAxes() throws {
        #expect(
            try y("%y = reduce %x kind=mean axes=[1,3] keep=0", "1,2,3,4", 0...23) == [
                7.5, 11.5, 15.5,
            ])
        #expect(try y("%y = reduce %x kind=sum axes=[1] keep=1", "2,2", 1...4) == [3, 7])
        #expect(try y("%y = reduce %x kind=sum axes=[0,1] keep=0", "2,2", 1...4) == [10])
        #expect(
            try y("%y = reduce %x kind=maximum axes=[0] keep=0", "2,2", [1, 5, 3, 4]) == [3, 5])
        #expect(
            try y("%y = reduce %x kind=minimum axes=[1] keep=0", "2,2", [1, 5, 3, -4]) == [1, -4])
        for kind in ["maximum", "minimum"] {
            let result = try y("%y = reduce %x kind=\(kind) axes=[1] keep=0", "1,3", [1, nan, 3])
            #expect(result[0].isNaN)
        }
    }

    // MARK: Elementwise

    @Test func operandsBroadcast() throws {
        let text = """
            %c = constant {10, 20, 30} : f32[3,1]
            %y = binary %c, %x function=subtract
            """
        #expect(try y(text, "1,2", [1, 2]) == [9, 8, 19, 18, 29, 28])
    }

    @Test func channelsAreScaled() throws {
        let text = """
            %mean = constant {1, 2} : f32[2]
            %variance = constant {4, 0.25} : f32[2]
            %gamma = constant {2, 3} : f32[2]
            %beta = constant {0.5, -1} : f32[2]
            %y = batch_normalization %x, %mean, %variance, %gamma, %beta axis=1 epsilon=0.0625
            """
        // By hand: sqrt(4.0625) is 2.015564437074637, sqrt(0.3125) is 0.5590169943749475.
        let expected = [
            0.5, -1, 4 / 2.015564437074637 + 0.5, 6 / 0.5590169943749475 - 1,
        ]
        #expect(areClose(try y(text, "2,2", 1...4), expected))
        let scaled = """
            %s = constant {2, -1} : f32[2]
            %t = constant {10, 20} : f32[2]
            %y = scale_shift %x, %s, %t axis=0
            """
        #expect(try y(scaled, "2,2", 1...4) == [12, 14, 17, 16])
    }

    // MARK: Movement

    @Test func elementsMove() throws {
        #expect(
            try y("%y = transpose %x permutation=[0,3,1,2]", "1,2,3,4", 0...23)
                == (0..<4).flatMap { c in (0..<6).map { Double(4 * $0 + c) } })
        #expect(
            try y(
                "%y = slice %x starts=[0,0,0,1] sizes=[1,2,2,2] steps=[1,1,2,2]", "1,2,3,4", 0...23)
                == [1, 3, 9, 11, 13, 15, 21, 23])
        #expect(
            try y("%y = pad %x padding=[0:1,1:0] value=-1", "1,2", [5, 6]) == [
                -1, 5, 6, -1, -1, -1,
            ])
        #expect(try y("%y = concatenate %x, %x axis=1", "2,2", 1...4) == [1, 2, 1, 2, 3, 4, 3, 4])
        #expect(try y("%y = concatenate %x, %x axis=0", "1,2", 1...2) == [1, 2, 1, 2])
        #expect(try y("%y = reshape %x shape=[4]", "2,2", 1...4) == [1, 2, 3, 4])
    }

    @Test func resizingHasHalfPixelCenters() throws {
        let nearest = try y("%y = resize %x method=nearest sizes=[1,5]", "1,3", 0...2)
        #expect(nearest == [0, 0, 1, 2, 2])
        #expect(try y("%y = resize %x method=nearest sizes=[1,2]", "1,5", 0...4) == [1, 3])
        #expect(
            try y("%y = resize %x method=nearest sizes=[4,2]", "2,2", 1...4)
                == [1, 2, 1, 2, 3, 4, 3, 4])
        // Keras's example, up and down.
        let square = try y("%y = resize %x method=linear sizes=[4,4]", "2,2", 0...3)
        #expect(
            square == [
                0, 0.25, 0.75, 1, 0.5, 0.75, 1.25, 1.5, 1.5, 1.75, 2.25, 2.5, 2, 2.25, 2.75, 3,
            ])
        #expect(
            areClose(
                try y("%y = resize %x method=linear sizes=[1,7]", "1,4", [0, 3, 6, 12]),
                [
                    0, 1.071428571429, 2.785714285714, 4.5, 6.428571428571, 9.857142857143, 12,
                ], within: 1e-11))
        #expect(
            try y("%y = resize %x method=linear sizes=[1,2]", "1,4", [0, 3, 6, 12]) == [1.5, 9])
    }

    // MARK: Graphs

    @Test func epiloguesRunInOrder() throws {
        let text = """
            %w = constant {1, 0, 0, 1} : f32[2,2]
            %s = constant {2, 3} : f32[2]
            %r = constant {10} : f32[1]
            %y = matmul %x, %w then scale_shift(%s, %s) then reversed subtract(%r) then relu \
            then divide(%x)
            """
        // (x * s + s), 10 - that, at least 0, over x.
        #expect(try y(text, "1,2", [1, 4]) == [6, 0])
    }

    @Test func everyOutputHasItsName() throws {
        let graph = try GraphParser.parse(
            """
            graph g {
              %a = input "first" : i32[2]
              %b = input "second" : f32[2]
              %c = constant {16777217, 2} : i32[2]
              %y = unary %b function=negate
              return "i" = %a, "y" = %y, "c" = %c
            }
            """)
        let inputs = ["first": [1.0, 2], "second": [3, 4]]
        let outputs = ReferenceEvaluator.run(graph, inputs: inputs)
        #expect(outputs == ["i": [1, 2], "y": [-3, -4], "c": [16_777_217, 2]])
        let values = ReferenceEvaluator.allValues(of: graph, inputs: inputs)
        #expect(values == [[1, 2], [3, 4], [16_777_217, 2], [-3, -4]])
    }

    /// `%y` of a graph with the one input `%x`.
    private func y(_ lines: String, _ shape: String, _ x: [Double]) throws -> [Double] {
        let graph = try GraphParser.parse(
            "graph g {\n%x = input : f32[\(shape)]\n\(lines)\nreturn %y\n}")
        #expect(Verifier.verify(graph) == [])
        return ReferenceEvaluator.run(graph, inputs: ["x": x])["y"]!
    }

    private func y(_ lines: String, _ shape: String, _ x: ClosedRange<Int>) throws -> [Double] {
        try y(lines, shape, x.map(Double.init))
    }
}
