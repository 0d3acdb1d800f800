"""The layers that bnc has and Keras lacks, by their formulas, as Keras layers: for keras_oracle.py."""


def own_layers():
    import keras
    from keras import ops

    class Normalizing(keras.layers.Layer):
        """A layer with gamma and beta along `axis`."""

        def __init__(self, axis=-1, epsilon=1e-3, momentum=0.99, center=True, scale=True, **kwargs):
            super().__init__(**kwargs)
            self.axis, self.epsilon, self.center, self.scale = axis, epsilon, center, scale
            self.supports_masking = True

        def build(self, shape):
            if not -len(shape) <= self.axis < len(shape):
                raise ValueError(f"there is no axis {self.axis} in {shape}")
            self.axis %= len(shape)
            self.size = (shape[self.axis],)
            self.along = [shape[i] if i == self.axis else 1 for i in range(len(shape))]
            self.positions = [i for i in range(1, len(shape)) if i != self.axis]
            if self.scale:
                self.gamma = self.add_weight(name="gamma", shape=self.size, initializer="ones")
            if self.center:
                self.beta = self.add_weight(name="beta", shape=self.size)

        def compute_output_shape(self, shape):
            return shape

        def finish(self, x, mean, variance):
            y = (x - mean) / ops.sqrt(variance + self.epsilon)
            if self.scale:
                y = y * ops.reshape(self.gamma, self.along)
            if self.center:
                y = y + ops.reshape(self.beta, self.along)
            return y

    class InstanceNormalization(Normalizing):
        def call(self, x):
            return self.finish(x, ops.mean(x, self.positions, True), ops.var(x, self.positions, True))

    class SwitchableNormalization(Normalizing):
        def __init__(self, epsilon=1e-5, **kwargs):
            super().__init__(epsilon=epsilon, **kwargs)

        def build(self, shape):
            super().build(shape)
            for name, size in (("mean_weights", (3,)), ("variance_weights", (3,)), ("moving_mean", self.size), ("moving_variance", self.size)):
                setattr(self, name, self.add_weight(name=name, shape=size))

        def call(self, x):
            everything = list(range(1, len(x.shape)))
            mean = ops.softmax(self.mean_weights)
            variance = ops.softmax(self.variance_weights)
            m = (mean[0] * ops.mean(x, self.positions, True) + mean[1] * ops.mean(x, everything, True)
                 + mean[2] * ops.reshape(self.moving_mean, self.along))
            v = (variance[0] * ops.var(x, self.positions, True) + variance[1] * ops.var(x, everything, True)
                 + variance[2] * ops.reshape(self.moving_variance, self.along))
            return self.finish(x, m, v)

    class BatchBatchNormalization(keras.layers.BatchNormalization):
        def call(self, x):
            return super().call(x, training=True)

    class ReferenceBatchNormalization(Normalizing):
        def build(self, shape):
            super().build(shape)
            for name in ("reference_mean", "reference_variance"):
                setattr(self, name, self.add_weight(name=name, shape=self.size))

        def call(self, x):
            return self.finish(x, ops.reshape(self.reference_mean, self.along), ops.reshape(self.reference_variance, self.along))

    class WeightStandardization(keras.layers.Wrapper):
        """Filters are numbered by the axes of the kernel that the output has too."""

        def __init__(self, layer, epsilon=1e-5, **kwargs):
            super().__init__(layer, **kwargs)
            self.epsilon = epsilon
            self.supports_masking = True

        @staticmethod
        def filters(layer):
            kind, rank = type(layer).__name__, len(layer.kernel.shape)
            if kind == "EinsumDense":
                _, kernel, output = layer.equation.replace("->", ",").split(",")
                return [i for i, letter in enumerate(kernel) if letter in output]
            return [rank - 2, rank - 1] if kind.startswith("Depthwise") else [rank - 2 if kind.endswith("Transpose") else rank - 1]

        def call(self, x):
            layer = inner = self.layer
            while not hasattr(inner, "kernel"):
                inner = inner.layer
            kernel = inner.kernel
            axes = [i for i in range(len(kernel.shape)) if i not in self.filters(inner)]
            standard = (kernel - ops.mean(kernel, axes, True)) / ops.sqrt(ops.var(kernel, axes, True) + self.epsilon)
            variables = [standard if v.path == kernel.path else v.value for v in layer.trainable_variables]
            return layer.stateless_call(variables, [v.value for v in layer.non_trainable_variables], x)[0]

        def compute_mask(self, x, mask=None):
            return mask if self.layer.supports_masking else None

        def compute_output_shape(self, shape):
            return self.layer.compute_output_shape(shape)

    return {c.__name__: c for c in (InstanceNormalization, SwitchableNormalization, BatchBatchNormalization,
                                    ReferenceBatchNormalization, WeightStandardization)}
