"""Trains the reader of lines written by hand (ocr/lines.onnx).

    python -m tests.bench.train_lines --digits FILE.npz [--faces FOLDER] --minutes 60 -o ocr/lines.onnx

Needs torch and onnx besides what the product needs (`pip install torch==2.13.0 onnx`, in an environment of its own). FILE holds `images`
(count x 28 x 28, uint8, ink bright) and `labels`; FOLDER handwriting fonts (.ttf) with digits. Every fifth picture is kept aside, and the
faces named in `--aside`: the errors printed at the end are of lines made of those alone (docs/handwriting.md, "The line reader").

Lines are drawn all the time while it trains, so that none is seen often; the rate falls to nothing over the given minutes. What is kept is
the running mean of the weights, which errs less than the last ones.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import cv2
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from ocr.written_line import ALPHABET, as_line
from tests.bench.written_hands import Hands, read_hands
from tests.bench.written_lines import Line, draw_line

BATCH, RATE, SHARE_OF_HAND = 48, 2.5e-3, 0.25
SPAN = BATCH * 20  # lines drawn at a time
SEEN = 5  # times a line is trained on
KEPT = 40 * SPAN  # lines that may be seen again
WARM = 0.03  # share of the time in which the rate rises
MEAN = 0.995  # of the running mean of weights
KEPT_EVERY, REPORTED = 180.0, 1500.0  # seconds between two keepings of the weights, and between two measurements
_STAGES = ((1, 24, (2, 2)), (24, 40, (2, 2)), (40, 72, (2, 1)), (72, 96, (2, 1)))
_DEEPER = ((1, 40), (2, 72), (3, 96))  # stages that have a second convolution, and their channels
_FEATURES = 160
_ALONG = (1, 2, 1, 3, 1, 2)  # dilations of the convolutions along the line


class Net(nn.Module):
    """Convolutions alone: 1 x 32 x width -> log probabilities of the signs every 4 columns, and handwriting or print."""

    def __init__(self) -> None:
        super().__init__()
        self.stages = nn.ModuleList(nn.Sequential(nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o)) for i, o, _ in _STAGES)
        self.fold = nn.Sequential(nn.Conv2d(_STAGES[-1][1], _FEATURES, (2, 3), padding=(0, 1), bias=False), nn.BatchNorm2d(_FEATURES))
        self.along = nn.ModuleList(
            nn.Sequential(nn.Conv2d(_FEATURES, _FEATURES, (1, 3), padding=(0, d), dilation=(1, d), bias=False), nn.BatchNorm2d(_FEATURES))
            for d in _ALONG
        )
        # What adds to what is there: it starts small, so that weights without it can be gone on from.
        self.deeper = nn.ModuleDict(
            {str(n): nn.Sequential(nn.Conv2d(c, c, 3, padding=1, bias=False), nn.BatchNorm2d(c)) for n, c in _DEEPER}
        )
        for added in (*self.deeper.values(), *self.along[2:]):
            nn.init.constant_(added[1].weight, 0.2)
        self.signs = nn.Conv2d(_FEATURES, len(ALPHABET) + 1, 1)
        self.hand = nn.Linear(_FEATURES, 1)
        self.drop = nn.Dropout(0.15)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        for n, (stage, (_, _, pool)) in enumerate(zip(self.stages, _STAGES, strict=True)):
            x = torch.relu(torch.max_pool2d(stage(x), pool))
            if str(n) in self.deeper:
                x = x + torch.relu(self.deeper[str(n)](x))
        x = torch.relu(self.fold(x))
        hand = self.hand(x.mean(dim=(2, 3)))[:, 0]
        for layer in self.along:
            x = x + torch.relu(layer(x))
        return torch.log_softmax(self.signs(self.drop(x))[:, :, 0].transpose(1, 2), dim=2), hand


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--faces", type=Path)
    parser.add_argument("--aside", nargs="*", default=[], help="names of faces that are kept aside")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--seed", type=int, default=7, help="another one draws other lines, for going on")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--start", type=Path, help="weights (.pt, beside an earlier output) to go on from")
    given = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    torch.manual_seed(5)
    train, test = read_hands(given.digits, given.faces, given.aside)
    chance = Random(given.seed)
    net = Net().to(memory_format=torch.channels_last)
    if given.start:
        net.load_state_dict(torch.load(given.start), strict=False)
    mean = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(MEAN), use_buffers=True)
    optimizer = torch.optim.AdamW(net.parameters(), given.rate, weight_decay=1e-3)
    begun = time.monotonic()
    stored, reported, step = begun, begun, 0
    net.train()
    for inputs, lines in _batches(train, chance):
        done = (time.monotonic() - begun) / (60 * given.minutes)
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = given.rate * min(done / WARM, 0.5 + 0.5 * math.cos(math.pi * done)) + 1e-6
        loss = _loss(net, [_varied(x, chance) for x in inputs], lines)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        mean.update_parameters(net)
        step += 1
        if time.monotonic() - stored > KEPT_EVERY:
            _keep(mean.module, given.output)
            print(f"{done:.0%}, step {step}", flush=True)
            stored = time.monotonic()
        if time.monotonic() - reported > REPORTED:
            print(f"{done:.0%}, step {step}: {measured(mean.module, test, 200)}", flush=True)
            reported = time.monotonic()
    _keep(mean.module, given.output)
    print(f"step {step}: {measured(mean.module, test, 600)}")


def _keep(net: Net, output: Path) -> None:
    torch.save(net.state_dict(), output.with_suffix(".pt"))
    output.write_bytes(as_onnx(net))


def _batches(hands: Hands, chance: Random) -> Iterator[tuple[list[np.ndarray], list[Line]]]:
    """Without end: new lines and some seen before, those of like width together."""
    kept: list[tuple[np.ndarray, Line]] = []
    while True:
        new = []
        for _ in range(SPAN):
            line = draw_line(hands, chance)
            new.append(((as_line(line.picture) * 255).astype(np.uint8), line))
        again = chance.sample(kept, min(len(kept), (SEEN - 1) * SPAN))
        near = sorted(new + again, key=lambda pair: pair[0].shape[2])
        batches = [near[n : n + BATCH] for n in range(0, len(near), BATCH)]
        chance.shuffle(batches)
        for batch in batches:
            yield [x for x, _ in batch], [line for _, line in batch]
        kept = (kept + new)[-KEPT:]


def _varied(line: np.ndarray, chance: Random) -> np.ndarray:
    """The same line a little wider or narrower, higher or lower, paler."""
    _, height, width = line.shape
    wide, tall = chance.uniform(0.85, 1.15), chance.uniform(0.88, 1.1)
    matrix = np.array([[wide, 0, 0], [0, tall, (1 - tall) * height / 2 + chance.uniform(-1.5, 1.5)]], np.float32)
    total = max(24, -(-round(width * wide) // 8) * 8)
    return cv2.warpAffine(line[0], matrix, (total, height))[None].astype(np.float32) / 255 * chance.uniform(0.8, 1.0)


def _loss(net: Net, inputs: Sequence[np.ndarray], lines: Sequence[Line]) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logs, hand = net(_stacked(inputs).to(memory_format=torch.channels_last))
    logs, hand = logs.float(), hand.float()
    targets = [[ALPHABET.index(sign) + 1 for sign in line.text] for line in lines]
    read = nn.functional.ctc_loss(
        logs.transpose(0, 1),
        torch.tensor([n for target in targets for n in target]),
        torch.tensor([x.shape[2] // 4 for x in inputs]),
        torch.tensor([len(target) for target in targets]),
        zero_infinity=True,
    )
    truth = torch.tensor([float(line.hand) for line in lines])
    return read + SHARE_OF_HAND * nn.functional.binary_cross_entropy_with_logits(hand, truth)


def _stacked(inputs: Sequence[np.ndarray]) -> torch.Tensor:
    wide = max(x.shape[2] for x in inputs)
    return torch.from_numpy(np.stack([np.pad(x, ((0, 0), (0, 0), (0, wide - x.shape[2]))) for x in inputs]))


def measured(net: Net, hands: Hands, count: int) -> str:
    """Errors on lines made of what was kept aside: of real digits alone, and of everything."""
    net.eval()
    parts = []
    for name, real, cut in (("real digits", 1.0, 0.0), ("all", None, 0.0), ("real digits cut from forms", 1.0, 1.0)):
        chance = Random(11)
        lines = [draw_line(hands, chance, real, cut) for _ in range(count)]
        wrong = signs = kinds = 0
        with torch.no_grad():
            for line in lines:
                logs, hand = net(torch.from_numpy(as_line(line.picture))[None])
                read = _best_path(logs[0].argmax(1).tolist())
                wrong += read != line.text
                signs += _distance(read, line.text)
                kinds += (hand.item() > 0) != line.hand
        total = sum(len(line.text) for line in lines)
        parts.append(
            f"{name}: {wrong} of {count} lines wrong ({wrong / count:.2%}), {signs / total:.2%} of signs, hand or print {kinds} wrong"
        )
    return "; ".join(parts)


def _best_path(classes: Sequence[int]) -> str:
    return "".join(ALPHABET[c - 1] for n, c in enumerate(classes) if c and (n == 0 or classes[n - 1] != c))


def _distance(one: str, two: str) -> int:
    row = list(range(len(two) + 1))
    for n, a in enumerate(one, 1):
        before, row[0] = row[0], n
        for m, b in enumerate(two, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (a != b))
    return row[-1]


def as_onnx(net: Net) -> bytes:
    """The net with its normalisation folded into the convolutions, weights as half floats."""
    nodes: list[onnx.NodeProto] = []
    weights: list[onnx.TensorProto] = []

    def put(name: str, value: torch.Tensor) -> str:
        weights.append(numpy_helper.from_array(value.detach().numpy().astype(np.float16), f"{name}_half"))
        nodes.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
        return name

    def folded(part: nn.Sequential, name: str) -> list[str]:
        conv, norm = part
        share = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        return [put(name, conv.weight * share[:, None, None, None]), put(f"{name}_bias", norm.bias - norm.running_mean * share)]

    def node(kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    x = "x"
    for n, (stage, (_, _, pool)) in enumerate(zip(net.stages, _STAGES, strict=True)):
        x = node("Conv", [x, *folded(stage, f"stage{n}")], f"a{n}", pads=[1, 1, 1, 1])
        x = node("MaxPool", [node("Relu", [x], f"b{n}")], f"c{n}", kernel_shape=list(pool), strides=list(pool))
        if str(n) in net.deeper:
            y = node("Conv", [x, *folded(net.deeper[str(n)], f"deeper{n}")], f"p{n}", pads=[1, 1, 1, 1])
            x = node("Add", [x, node("Relu", [y], f"q{n}")], f"r{n}")
    x = node("Relu", [node("Conv", [x, *folded(net.fold, "fold")], "d", pads=[0, 1, 0, 1])], "e")
    mean = node("Flatten", [node("GlobalAveragePool", [x], "f")], "g")
    hand = node("Gemm", [mean, put("hand_weight", net.hand.weight.T), put("hand_bias", net.hand.bias)], "h")
    shape = numpy_helper.from_array(np.array([-1], np.int64), "flat")
    weights.append(shape)
    node("Reshape", [node("Sigmoid", [hand], "i"), "flat"], "hand")
    for n, (part, d) in enumerate(zip(net.along, _ALONG, strict=True)):
        y = node("Conv", [x, *folded(part, f"along{n}")], f"j{n}", pads=[0, d, 0, d], dilations=[1, d])
        x = node("Add", [x, node("Relu", [y], f"k{n}")], f"l{n}")
    x = node("Conv", [x, put("signs_weight", net.signs.weight), put("signs_bias", net.signs.bias)], "m")
    weights.append(numpy_helper.from_array(np.array([2], np.int64), "row"))
    x = node("Transpose", [node("Squeeze", [x, "row"], "n")], "o", perm=[0, 2, 1])
    node("LogSoftmax", [x], "signs", axis=2)
    graph = helper.make_graph(
        nodes,
        "lines",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1, 32, "width"])],
        [
            helper.make_tensor_value_info("signs", TensorProto.FLOAT, ["n", "steps", len(ALPHABET) + 1]),
            helper.make_tensor_value_info("hand", TensorProto.FLOAT, ["n"]),
        ],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()


if __name__ == "__main__":
    main()
