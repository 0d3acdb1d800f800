import IR
import TestSupport
import Testing

/// What each op refuses, in the words of its rule.
@Suite struct TypingRuleTests {
    @Test(arguments: [
        ("convolution %x4", "takes x, kernel and maybe bias"),
        ("convolution %x4, %i4", "takes f32 operands"),
        ("convolution %m, %m", "has 1 to 3 spatial axes, not 0"),
        (
            "convolution %x4, %k padding=[0:0]",
            "strides, padding and dilations should have one entry for each spatial axis"
        ),
        (
            "convolution %x4, %k strides=[1,2] input_dilation=[1,2]",
            "an axis with an input dilation has no stride and no dilation beside it"
        ),
        ("convolution %x4, %k input_dilation=[0,1]", "input_dilation should be positive"),
        ("convolution %m, %k", "x should have rank 4, not 2"),
        (
            "convolution %x4, %m strides=[1,1] padding=[0:0,0:0] dilation=[1,1]",
            "kernel should have rank 4"
        ),
        ("convolution %x4, %k strides=[0,1]", "strides should be positive"),
        ("convolution %x4, %k dilation=[1,0]", "dilation should be positive"),
        ("convolution %x4, %k padding=[0:-1,0:0]", "negative padding"),
        ("convolution %x4, %k groups=0", "groups should divide the channels"),
        ("convolution %x4, %k3 groups=2", "groups should divide the filters"),
        ("convolution %x4, %k groups=2", "kernel f32[2,2,2,2] doesn't take 2 channels in 2 groups"),
        ("convolution %x4, %k, %x", "bias should be [2]"),
        ("convolution %x4, %k dilation=[4,1]", "the kernel is larger than the input"),
        ("matmul %x", "takes a, b and maybe bias"),
        ("matmul %x, %two", "takes operands of rank 2 or more"),
        ("matmul %x, %x", "inner sizes of [1, 2] and [1, 2] differ"),
        ("matmul %x, %m, %x", "bias should be [2]"),
        ("matmul %b3, %b2", "[3] and [2] don't broadcast"),
        ("unary %i function=relu", "takes an f32 operand"),
        ("binary %x, %i function=add", "takes f32 operands"),
        ("binary %x4, %three function=add", "[1, 4, 4, 2] and [3] don't broadcast"),
        ("scale_shift %x, %two, %two axis=2", "axis 2 is not in 0..<2"),
        ("scale_shift %x, %two, %two axis=0", "scale and shift should be [1]"),
        (
            "batch_normalization %x, %two, %two, %two, %three axis=1 epsilon=0.1",
            "statistics should be [2]"
        ),
        (
            "batch_normalization %x, %two, %two, %two, %two axis=1 epsilon=-1",
            "epsilon should not be negative"
        ),
        ("normalize %x kind=unit axes=[1] epsilon=nan", "epsilon should not be negative"),
        ("softmax %x axes=[]", "axes should not be empty"),
        ("softmax %x axes=[1,1]", "axes should ascend"),
        ("softmax %x axes=[-1]", "axes [-1] are out of range"),
        ("reduce %i kind=sum axes=[0] keep=0", "takes an f32 operand"),
        ("pool %x kind=maximum window=[2]", "x should have rank 3"),
        ("pool %x4 kind=maximum window=[2,2] strides=[1]", "one entry for each axis"),
        ("pool %x4 kind=maximum window=[0,2]", "window and strides are positive"),
        ("pool %x4 kind=maximum window=[5,1]", "the window is larger than the input"),
        ("pool %x4 kind=maximum window=[1,1] padding=[0:0,-1:1]", "negative padding"),
        (
            "pool %x4 kind=maximum window=[2,2] padding=[2:0,0:0]",
            "padding 2:0 leaves a window without a cell"
        ),
        (
            "pool %x4 kind=maximum window=[2,2] padding=[0:0,0:2]",
            "padding 0:2 leaves a window without a cell"
        ),
        ("pad %x padding=[]", "padding should have 2 entries"),
        ("pad %x padding=[0:0,-1:0]", "negative padding"),
        ("slice %x starts=[0] sizes=[1]", "starts, sizes and steps should have 2 entries"),
        ("slice %x starts=[0,1] sizes=[1,2]", "the slice leaves axis 1"),
        ("slice %x starts=[0,0] sizes=[1,2] steps=[1,2]", "the slice leaves axis 1"),
        ("concatenate %x axis=2", "axis 2 is out of range"),
        ("concatenate %x, %b2 axis=0", "f32[2,2,2] and f32[1,2] differ outside axis 0"),
        ("interleave %x, %x factors=[1,3]", "takes one operand for each phase"),
        ("interleave %x, %x factors=[2]", "takes operands of rank 1 and of one element type"),
        (
            "interleave %b2, %x factors=[1,2]",
            "takes operands of rank 2 and of one element type"
        ),
        (
            "interleave %x, %i factors=[1,2]",
            "takes operands of rank 2 and of one element type"
        ),
        ("interleave %x, %m factors=[1,2]", "phase [0, 1] should have 1 cells along axis 0, not 2"),
        ("band %x4, %m axis=4 starts=[0,1] counts=[2,2]", "axis 4 is not in 0..<4"),
        (
            "band %x4, %m axis=1 starts=[0] counts=[2]",
            "weights should be [1, K], with a count for each start"
        ),
        ("band %x4, %m axis=1 starts=[0,1] counts=[2,3]", "counts should be 1 to 2"),
        ("band %x4, %m axis=1 starts=[0,3] counts=[2,2]", "a window leaves axis 1"),
        ("transpose %x permutation=[0]", "[0] is no permutation of 2 axes"),
        ("reshape %x shape=[-1,-2]", "sizes should be positive"),
        ("resize %x method=nearest sizes=[2]", "sizes should name every axis"),
        ("resize %x method=nearest sizes=[2,0]", "sizes should be positive"),
        ("gather %i, %i", "takes a table of f32"),
        ("gather %x4, %i", "the table should have rank 2, not 4"),
        ("recurrent %b3 cell=simple", "takes 2 operands, not 1"),
        ("recurrent %b3, %m cell=simple mask=1 initial=1", "takes 4 operands, not 2"),
        ("recurrent %x, %m cell=simple", "x should have rank 3 to 6, not 2"),
        ("recurrent %x4, %m cell=simple", "x should have rank 3, not 4"),
        ("recurrent %b3, %three cell=simple", "the kernel should have rank 2 or more"),
        (
            "recurrent %b3, %m cell=lstm",
            "f32[3,2,2] and the kernel f32[2,2] should have 4 gates of 2 units"
        ),
        ("recurrent %b3, %m, %two cell=simple mask=1", "the mask should be [3, 2]"),
        ("recurrent %b3, %m, %x cell=simple initial=1", "a state should be [3, 2]"),
    ])
    func aBrokenRuleIsNamed(_ op: String, _ rule: String) throws {
        let text = """
            graph g {
              %x = input : f32[1,2]
              %x4 = input : f32[1,4,4,2]
              %b2 = input : f32[2,2,2]
              %b3 = input : f32[3,2,2]
              %i = input : i32[2]
              %i4 = input : i32[2,2,2,2]
              %two = input : f32[2]
              %three = input : f32[3]
              %m = input : f32[2,2]
              %k = input : f32[2,2,2,2]
              %k3 = input : f32[2,2,1,3]
              %y = \(op)
              return %y
            }
            """
        let error = #expect(throws: GraphParseError.self) { try GraphParser.parse(text) }
        let mnemonic = op.prefix { $0 != " " }
        #expect(error?.description == "13:8: \(mnemonic) \(rule)")
    }

    @Test func broadcastingIsNumpys() throws {
        #expect(try broadcast([2, 3], [3]) == [2, 3])
        #expect(try broadcast([2, 1], [4, 1, 5]) == [4, 2, 5])
        #expect(try broadcast([], [2]) == [2])
        #expect(throws: GraphError("[2, 3] and [2] don't broadcast")) {
            try broadcast([2, 3], [2])
        }
    }

    @Test func transposesAreUndone() {
        let op = TransposeOp([0, 3, 1, 2])
        #expect(op.inverse == [0, 2, 3, 1])
        #expect(!op.isIdentity && TransposeOp([0, 1]).isIdentity)
    }

    @Test func sizesThatOverflowHaveNoCount() {
        #expect(TensorType(.float32, [1 << 62, 2]).checkedCount == nil)
        #expect(TensorType(.float32, [1 << 61, 3]).checkedCount == 3 << 61)
        #expect(TensorType(.float32, []).checkedCount == 1)
        #expect(TensorType(.float32, [2, 3]).byteCount == 24)
    }

    /// `preservesZero` is what the definition says.
    @Test func functionsThatPreserveZero() {
        for kind in UnaryFunction.Kind.allCases where kind != .affine {
            let function = UnaryFunction(
                kind: kind, parameters: kind.parameterNames.map { _ in 0.5 })
            if function.preservesZero {
                #expect(ReferenceFunctions.unary(function, 0) == 0, "\(kind)")
            }
        }
        #expect(UnaryFunction(.affine, 2, 0).preservesZero)
        #expect(!UnaryFunction(.affine, 2, 1).preservesZero)
    }
}
