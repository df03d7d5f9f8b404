"""Makes the second reader's net (ocr/numbers.onnx) of PP-OCR's recognition model, and says what it reads otherwise.

    python -m tests.bench.quantise_numbers -o ocr/numbers.onnx

Needs onnx besides what the product needs (in an environment of its own). The model is made cheaper without training: its three
equal channels become one, its Gelu one operation, ideographs that no crop of a number is ever taken for leave its alphabet, and its
products are of whole numbers (docs/reading.md, "Second reader"). Calibrated on drawn numbers, measured on others.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper, version_converter
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

from ocr.engine import PAGE_LANGUAGES, Layout
from ocr.models import open_model
from ocr.second_reader import SecondReader, as_input, recognition_model
from ocr.tesserocr_engine import TesserocrEngine
from parsers.wording.numbers import digits_of
from tests.bench.number_crops import PIXELS_PER_INCH, NumberCrop, number_crops

CALIBRATED, MEASURED = 300, 3000
SEED, OTHER_SEED = 31337, 777
OPERATORS = 17
LEAST_CHANCE = 5e-4  # of an ideograph on any of the calibrating crops, for it to stay
FOREIGN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "HALFWIDTH")


class Calibration(CalibrationDataReader):
    """The crops as the net sees them."""

    def __init__(self, crops: Sequence[NumberCrop]) -> None:
        self._crops = iter(crops)

    def get_next(self) -> dict[str, np.ndarray] | None:
        crop = next(self._crops, None)
        return None if crop is None else {"x": as_input(crop.picture)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    crops = list(itertools.islice(number_crops(SEED), CALIBRATED))
    with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as folder:
        lean = Path(folder) / "lean.onnx"
        onnx.save(_lean(Path(folder), crops), lean)
        quantize_static(
            lean,
            given.output,
            Calibration(crops),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv", "MatMul"],
            per_channel=True,
            reduce_range=True,  # processors without VNNI add pairs of products in 16 bits
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )
        _compare(lean, given.output, itertools.islice(number_crops(OTHER_SEED), MEASURED))


def _lean(folder: Path, crops: Sequence[NumberCrop]) -> onnx.ModelProto:
    """The model in floating point, of one channel and a smaller alphabet."""
    onnx.save(version_converter.convert_version(onnx.load(recognition_model()), OPERATORS), folder / "new.onnx")
    quant_pre_process(folder / "new.onnx", folder / "folded.onnx", skip_symbolic_shape=True)
    model = onnx.load(folder / "folded.onnx")
    weights = {weight.name: weight for weight in model.graph.initializer}
    first = next(node for node in model.graph.node if model.graph.input[0].name in node.input)
    _replace(weights[first.input[1]], numpy_helper.to_array(weights[first.input[1]]).sum(axis=1, keepdims=True))
    model.graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1
    _join_gelu(model)
    onnx.save(model, folder / "one.onnx")
    session = open_model(folder / "one.onnx")
    most = np.max([session.run(None, {"x": as_input(crop.picture)})[0][0].max(axis=0) for crop in crops], axis=0)
    _keep_classes(model, most, weights)
    used = {name for node in model.graph.node for name in node.input}
    for weight in [weight for weight in model.graph.initializer if weight.name not in used]:
        model.graph.initializer.remove(weight)
    return model


def _replace(weight: onnx.TensorProto, value: np.ndarray) -> None:
    weight.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value, np.float32), weight.name))


def _join_gelu(model: onnx.ModelProto) -> None:
    """x / sqrt(2) -> Erf -> + 1 -> * x -> / 2 as one node, which onnxruntime does not see by itself between whole numbers."""
    maker = {output: node for node in model.graph.node for output in node.output}
    user = {name: node for node in model.graph.node for name in node.input}
    joined, gone = {}, []
    for erf in [node for node in model.graph.node if node.op_type == "Erf"]:
        chain = [maker[erf.input[0]], erf]
        while len(chain) < 5:
            chain.append(user[chain[-1].output[0]])
        assert [node.op_type for node in chain] == ["Div", "Erf", "Add", "Mul", "Mul"]
        gone += [node.output[0] for node in chain]
        last = chain[-1].output[0]
        joined[last] = helper.make_node("Gelu", [chain[0].input[0]], [last], name=f"gelu_{last}", domain="com.microsoft")
    nodes = [joined.get(node.output[0], node) for node in model.graph.node if node.output[0] in joined or node.output[0] not in gone]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def _keep_classes(model: onnx.ModelProto, most: np.ndarray, weights: dict[str, onnx.TensorProto]) -> None:
    """Leaves the blank, all signs but ideographs, and of these those that were given a chance."""
    (told,) = (entry for entry in model.metadata_props if entry.key == "character")
    names = ["", *told.value.split("\n")]
    names += [" "] * (len(most) - len(names))
    foreign = np.array([bool(name) and unicodedata.name(name[0], "?").split()[0] in FOREIGN for name in names])
    kept = np.flatnonzero(~foreign | (most > LEAST_CHANCE))
    softmax = next(node for node in model.graph.node if node.output[0] == model.graph.output[0].name)
    maker = {output: node for node in model.graph.node for output in node.output}
    add = maker[softmax.input[0]]
    for weight in [name for node in (add, maker[add.input[0]]) for name in node.input if name in weights]:
        _replace(weights[weight], numpy_helper.to_array(weights[weight])[..., kept])
    for shown in (*model.graph.output, *model.graph.value_info):
        for size in shown.type.tensor_type.shape.dim:
            if size.dim_value == len(names):
                size.dim_value = len(kept)
    told.value = "\n".join(names[n] for n in kept if n)
    print(f"{len(kept)} of {len(names)} classes stay")


def _compare(lean: Path, quantised: Path, crops: Iterator[NumberCrop]) -> None:
    """Prints how often each is right, how often they differ, and how often each is wrong together with tesseract."""
    engine, readers = TesserocrEngine(), {path.stem: SecondReader(path) for path in (lean, quantised)}
    right, together = dict.fromkeys(readers, 0), dict.fromkeys(readers, 0)
    count, alike, furthest = 0, 0, 0.0
    for crop in crops:
        count += 1
        words = engine.read(np.pad(crop.picture, 10, constant_values=255), PIXELS_PER_INCH, Layout.LINE, PAGE_LANGUAGES)
        first = digits_of("".join(word.text for word in words))
        read = {name: reader.read(crop.picture) for name, reader in readers.items()}
        for name, (text, _) in read.items():
            right[name] += digits_of(text) == digits_of(crop.printed)
            together[name] += bool(first) and digits_of(text) == first != digits_of(crop.printed)
        (one, chance), (other, chance_there) = read.values()
        alike += one == other
        furthest = max(furthest, abs(chance - chance_there)) if one == other else furthest
    print(f"of {count} numbers {alike} are read alike, their confidence up to {furthest:.2f} apart")
    for name in readers:
        print(f"{name}: digits right in {right[name]}, wrong as tesseract is in {together[name]}")


if __name__ == "__main__":
    main()
