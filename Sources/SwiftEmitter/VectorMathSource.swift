enum VectorMathSource { static let sections: [(name: String, needs: [String], text: String)] = [] }
