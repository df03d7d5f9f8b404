"""Trains the reader of single digits (ocr/digits.onnx): python -m tests.bench.train_digits --digits FILE.npz -o ocr/digits.onnx

FILE holds `images` (count x 28 x 28, uint8, ink bright) and `labels`. Every fifth picture is kept aside: the error printed at the
end, and what `python -m tests.bench.form` fills in, are of those alone. To the pictures come drawn strokes and typed digits, sevens
are crossed at times, and all of them are turned, slanted, stretched, thickened, thinned, blurred and cut (docs/form.md).
Plain numpy: the net is small, and nothing else would have to be installed.
"""

from __future__ import annotations

import argparse
import random
import struct
from pathlib import Path

import cv2
import numpy as np

from ocr.digits import SIDE, as_input
from tests.support.filled_forms import FONTS, drawn, typed

BATCH, RATE = 100, 2e-3
Array = np.ndarray


def held_out(count: int) -> Array:
    """Which pictures are kept aside, as booleans."""
    return np.arange(count) % 5 == 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=6000)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    with np.load(given.digits) as data:
        images, labels = data["images"], data["labels"].astype(int)
    aside = held_out(len(images))
    sources = [(255 - image, label) for image, label in zip(images[~aside], labels[~aside], strict=True)]
    net, moments = _new_net(np.random.default_rng(1)), None
    chance = random.Random(2)
    synthetic = _synthetic(chance, 4000)
    for step in range(given.steps):
        chosen = [chance.choice(sources if chance.random() < 0.75 else synthetic) for _ in range(BATCH)]
        x = np.stack([as_input(_varied(picture, label, chance)) for picture, label in chosen])
        gradients, loss = _gradients(net, x[:, 0], np.array([label for _, label in chosen]))
        moments = _adam(net, gradients, moments, step, RATE * 0.5 * (1 + np.cos(np.pi * step / given.steps)) + 1e-5)
        if step % 250 == 0:
            print(f"step {step}: loss {loss:.4f}", flush=True)
    given.output.write_bytes(_onnx(net))
    test = np.stack([as_input(255 - image) for image in images[aside]])
    answers = np.concatenate([_forward(net, test[n : n + 500, 0])[0].argmax(axis=1) for n in range(0, len(test), 500)])
    wrong = int((answers != labels[aside]).sum())
    print(f"{wrong} of {len(test)} kept aside are wrong: {wrong / len(test):.2%}")


def _synthetic(chance: random.Random, count: int) -> list[tuple[Array, int]]:
    """Dark on light, as the pictures of real digits."""
    made = []
    for number in range(count):
        hand = typed(chance.choice(FONTS)) if number % 3 == 0 else drawn(chance)
        digit = chance.randrange(10)
        made.append(((255 - 255 * hand(chance, str(digit))).astype(np.uint8), digit))
    return made


def _varied(picture: Array, label: int, chance: random.Random) -> Array:
    """Another writer, pen, scanner and box: dark on light, uint8."""
    scale = 64 / max(picture.shape)
    ink = cv2.resize(255 - picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    ink = cv2.copyMakeBorder(ink, *[(112 - n) // 2 for n in (ink.shape[0], ink.shape[0], ink.shape[1], ink.shape[1])], cv2.BORDER_CONSTANT)
    if label == 7 and chance.random() < 0.35:
        y = round(56 + chance.uniform(-6, 8))
        cv2.line(
            ink,
            (round(56 - chance.uniform(6, 20)), y),
            (round(56 + chance.uniform(8, 20)), y - chance.randint(-5, 5)),
            230,
            chance.randint(3, 7),
        )
    angle, slant = np.radians(chance.gauss(0, 6)), chance.gauss(0, 0.13)
    across, down = chance.uniform(0.75, 1.2), chance.uniform(0.85, 1.1)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.array([[across, slant], [0, down]])
    ink = cv2.warpAffine(ink, np.column_stack([turn, 56 - turn @ (56, 56)]), (112, 112), flags=cv2.INTER_LINEAR)
    pen = chance.random()
    if pen < 0.25:
        ink = cv2.dilate(ink, np.ones((3, 3), np.uint8), iterations=chance.randint(1, 2))
    elif pen < 0.4:
        ink = cv2.erode(ink, np.ones((2, 2), np.uint8))
    if chance.random() < 0.25:  # an edge of the box cuts it
        rows, columns = np.nonzero(ink > 100)
        if len(rows):
            side, depth = chance.randrange(4), chance.randint(1, 5)
            if side == 0:
                ink[: rows.min() + depth] = 0
            elif side == 1:
                ink[rows.max() - depth :] = 0
            elif side == 2:
                ink[:, : columns.min() + depth] = 0
            else:
                ink[:, columns.max() - depth :] = 0
    if chance.random() < 0.6:
        ink = cv2.GaussianBlur(ink, (0, 0), chance.uniform(0.5, 3))
    if chance.random() < 0.2:
        ink = ((ink > chance.uniform(70, 170)) * 255).astype(np.uint8)
    noisy = (
        255
        - ink.astype(np.float32) * chance.uniform(0.6, 1)
        + np.random.default_rng(chance.getrandbits(32)).normal(0, chance.uniform(0, 10), ink.shape)
    )
    return noisy.clip(0, 255).astype(np.uint8)


# --- the net: two convolutions of 5 x 5 with pooling, two full layers

Net = dict[str, Array]


def _new_net(random: np.random.Generator) -> Net:
    sizes = {"conv1": (16, 1, 5, 5), "conv2": (32, 16, 5, 5), "full1": (512, 128), "full2": (128, 10)}
    net = {}
    for name, size in sizes.items():
        inputs = int(np.prod(size[1:])) if len(size) == 4 else size[0]
        net[name] = random.normal(0, np.sqrt(2 / inputs), size).astype(np.float32)
        net[f"{name}_bias"] = np.zeros(size[0] if len(size) == 4 else size[1], np.float32)
    return net


def _columns(x: Array) -> Array:
    """n x channels x h x w -> (n, h - 4, w - 4, channels * 25)."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (5, 5), axis=(2, 3))
    return np.ascontiguousarray(windows.transpose(0, 2, 3, 1, 4, 5)).reshape(x.shape[0], x.shape[2] - 4, x.shape[3] - 4, -1)


def _convolved(x: Array, weight: Array, bias: Array) -> tuple[Array, Array]:
    columns = _columns(x)
    return (columns @ weight.reshape(len(weight), -1).T + bias).transpose(0, 3, 1, 2), columns


def _pooled(x: Array) -> tuple[Array, Array]:
    n, c, h, w = x.shape
    blocks = x.reshape(n, c, h // 2, 2, w // 2, 2)
    best = blocks.max(axis=(3, 5))
    return best, (blocks == best[:, :, :, None, :, None])


def _forward(net: Net, x: Array) -> tuple[Array, dict[str, Array]]:
    kept: dict[str, Array] = {}
    out = x[:, None]
    for layer in ("conv1", "conv2"):
        raw, kept[f"{layer}_columns"] = _convolved(out, net[layer], net[f"{layer}_bias"])
        out, kept[f"{layer}_chosen"] = _pooled(np.maximum(raw, 0))
        kept[layer] = raw
    kept["flat"] = out.reshape(len(out), -1)
    kept["hidden"] = np.maximum(kept["flat"] @ net["full1"] + net["full1_bias"], 0)
    return kept["hidden"] @ net["full2"] + net["full2_bias"], kept


def _gradients(net: Net, x: Array, labels: Array) -> tuple[Net, float]:
    scores, kept = _forward(net, x)
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    loss = float(-np.log(chances[rows, labels] + 1e-9).mean())
    chances[rows, labels] -= 1
    error = (chances / len(labels)).astype(np.float32)
    out: Net = {"full2": kept["hidden"].T @ error, "full2_bias": error.sum(axis=0)}
    error = (error @ net["full2"].T) * (kept["hidden"] > 0)
    out |= {"full1": kept["flat"].T @ error, "full1_bias": error.sum(axis=0)}
    error = (error @ net["full1"].T).reshape(-1, 32, 4, 4)
    for layer in ("conv2", "conv1"):
        raw = kept[layer]
        spread = (error[:, :, :, None, :, None] * kept[f"{layer}_chosen"]).reshape(raw.shape) * (raw > 0)
        flat = spread.transpose(0, 2, 3, 1).reshape(-1, raw.shape[1])
        columns = kept[f"{layer}_columns"]
        out[layer] = (flat.T @ columns.reshape(-1, columns.shape[-1])).reshape(net[layer].shape)
        out[f"{layer}_bias"] = flat.sum(axis=0)
        if layer == "conv2":
            padded = np.pad(spread, ((0, 0), (0, 0), (4, 4), (4, 4)))
            turned = net[layer].transpose(1, 0, 2, 3)[:, :, ::-1, ::-1]
            error, _ = _convolved(padded, np.ascontiguousarray(turned), np.float32(0))
    return out, loss


def _adam(net: Net, gradients: Net, moments: tuple[Net, Net] | None, step: int, rate: float) -> tuple[Net, Net]:
    first, second = moments or ({k: np.zeros_like(v) for k, v in net.items()}, {k: np.zeros_like(v) for k, v in net.items()})
    for name, slope in gradients.items():
        slope = slope + 1e-4 * net[name]
        first[name] = 0.9 * first[name] + 0.1 * slope
        second[name] = 0.999 * second[name] + 0.001 * slope**2
        mean, spread = first[name] / (1 - 0.9 ** (step + 1)), second[name] / (1 - 0.999 ** (step + 1))
        net[name] = (net[name] - rate * mean / (np.sqrt(spread) + 1e-8)).astype(np.float32)
    return first, second


# --- as ONNX: protocol buffers by hand, after onnx.proto (IR version 8, operator set 13)


def _onnx(net: Net) -> bytes:
    nodes = [
        _node("Conv", ("x", "conv1", "conv1_bias"), "a"),
        _node("Relu", ("a",), "b"),
        _node("MaxPool", ("b",), "c", _integers("kernel_shape", (2, 2)) + _integers("strides", (2, 2))),
        _node("Conv", ("c", "conv2", "conv2_bias"), "d"),
        _node("Relu", ("d",), "e"),
        _node("MaxPool", ("e",), "f", _integers("kernel_shape", (2, 2)) + _integers("strides", (2, 2))),
        _node("Flatten", ("f",), "g"),
        _node("Gemm", ("g", "full1", "full1_bias"), "h"),
        _node("Relu", ("h",), "i"),
        _node("Gemm", ("i", "full2", "full2_bias"), "j"),
        _node("Softmax", ("j",), "y"),
    ]
    graph = b"".join(_part(1, node) for node in nodes) + _part(2, b"digits")
    graph += b"".join(_part(5, _tensor(name, value)) for name, value in net.items())
    graph += _part(11, _value("x", ("n", 1, SIDE, SIDE))) + _part(12, _value("y", ("n", 10)))
    return _number(1, 8) + _part(7, graph) + _part(8, _part(1, b"") + _number(2, 13))


def _node(kind: str, inputs: tuple[str, ...], output: str, attributes: bytes = b"") -> bytes:
    return b"".join(_part(1, name.encode()) for name in inputs) + _part(2, output.encode()) + _part(4, kind.encode()) + attributes


def _integers(name: str, values: tuple[int, ...]) -> bytes:
    return _part(5, _part(1, name.encode()) + b"".join(_number(8, value) for value in values) + _number(20, 7))


def _tensor(name: str, value: Array) -> bytes:
    return (
        b"".join(_number(1, size) for size in value.shape)
        + _number(2, 1)
        + _part(8, name.encode())
        + _part(9, value.astype("<f4").tobytes())
    )


def _value(name: str, shape: tuple[int | str, ...]) -> bytes:
    sizes = b"".join(_part(1, _number(1, size) if isinstance(size, int) else _part(2, size.encode())) for size in shape)
    return _part(1, name.encode()) + _part(2, _part(1, _number(1, 1) + _part(2, sizes)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += struct.pack("B", value & 127 | 128)
        value >>= 7
    return out + struct.pack("B", value)


if __name__ == "__main__":
    main()
