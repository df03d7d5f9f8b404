"""Small neural models, our own and those that RapidOCR ships inside its wheel, run straight on onnxruntime."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import onnxruntime

from metering.errors import TemporaryError

RECOGNITION = "PP-OCRv6_rec_small.onnx"
DIRECTION = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"


def model_path(name: str) -> Path:
    """Where the wheel put a model. The package is not imported: it would pull in dependencies that we do not use."""
    spec = importlib.util.find_spec("rapidocr")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "models" / name
        if path.is_file():
            return path
    raise TemporaryError(f"the model {name} is missing: install the package rapidocr, whose wheel holds it")


def open_model(path: Path) -> onnxruntime.InferenceSession:
    """A session on one thread: more threads did not pay, and a worker owns one core (docs/reading.md, "Second reader")."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # crops differ in width: an arena would keep the largest of each for ever
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
