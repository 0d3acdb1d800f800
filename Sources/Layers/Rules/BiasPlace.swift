/// Where Keras on TensorFlow adds a bias.
///
/// `keras.src.backend.tensorflow.numpy.add` guesses from sizes what a bias is and along which axis it
/// goes: one with a single axis longer than 1 goes along the output's last axis where that is as long,
/// else along the first behind the batch, wherever the bias itself has its axis. Models have been
/// trained that way, so that their numbers are right with the bias there only.
enum BiasPlace {
    /// The shape in which a bias is added to an output (both shapes whole, the output's with its batch
    /// axis); nil where Keras adds it as it stands.
    static func guessed(_ bias: [Int], in output: [Int]) -> [Int]? {
        let long = bias.filter { $0 > 1 }
        guard long.count == 1, output.count > 1 else { return nil }
        let place: [Int]
        if output[output.count - 1] == long[0] {
            place = long
        } else if output[1] == long[0] {
            place = long + [Int](repeating: 1, count: output.count - 2)
        } else {
            return nil
        }
        return Array(bias.drop { $0 == 1 }) == place ? nil : place
    }
}
