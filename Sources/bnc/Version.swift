/// The version of the command, the compiler and what it emits.
let bncVersion = "0.1.0"
