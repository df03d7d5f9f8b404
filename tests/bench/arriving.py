"""How a written line arrives: what is left of its form around it, and what a scanner or a phone makes of it."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np

Array = np.ndarray


def on_form(ink: Array, chance: Random) -> Array:
    """Cut as a place of a form is cut, with what is left of its lines. Ink 0..1."""
    rows, columns = np.nonzero(ink > 0.3)
    if len(rows) == 0:
        return ink
    top, bottom, left, right = int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())
    tall = max(24, min(bottom, 122) - top)
    up, down = top - round(tall * chance.uniform(0.02, 0.45)), max(bottom, 120) + round(tall * chance.uniform(0.02, 0.45))
    sides = [round(tall * chance.choice((0.1, 0.2, 0.4, chance.uniform(0, 1.5)))) for _ in range(2)]
    out = cv2.copyMakeBorder(ink, 60, 60, 120, 120, cv2.BORDER_CONSTANT, value=0)
    kind, dark, thick = chance.random(), chance.uniform(0.4, 1.0), chance.randint(1, 4)
    if kind < 0.32:  # the line to write on, whole, dotted or what removing it left
        y = 60 + 120 + chance.randint(-6, 14)
        whole = np.zeros_like(out)
        cv2.line(whole, (0, y), (out.shape[1], y + chance.randint(-2, 2)), dark, thick, cv2.LINE_AA)
        if chance.random() < 0.5:
            period = chance.randint(4, 40)
            whole[:, (np.arange(out.shape[1]) % period) > period * chance.uniform(0.2, 0.8)] = 0
        out = np.maximum(out, whole)
    elif kind < 0.42:  # boxes
        step = chance.uniform(0.9, 1.6) * tall
        for n in range(int(out.shape[1] / step) + 1):
            cv2.line(out, (round(n * step), 0), (round(n * step + chance.randint(-1, 1)), out.shape[0]), dark, thick, cv2.LINE_AA)
    elif kind < 0.52:  # the frame of a cell
        edge = chance.choice((0, 1, 2))
        if edge == 0:
            cv2.line(out, (0, 60 + up + 3), (out.shape[1], 60 + up + 3), dark, thick)
        elif edge == 1:
            cv2.line(out, (0, 60 + down - 4), (out.shape[1], 60 + down - 4), dark, thick)
        else:
            x = 120 + (left - sides[0] + 3 if chance.random() < 0.5 else right + sides[1] - 4)
            cv2.line(out, (x, 0), (x, out.shape[0]), dark, thick)
    elif kind < 0.62:  # what taking a line out that crossed the digits left of them
        y, high = 60 + chance.randint(top, bottom), chance.randint(2, 6)
        period = chance.randint(10, 60)
        out[y : y + high, (np.arange(out.shape[1]) % period) < period * chance.uniform(0.4, 1.0)] = 0
    return out[max(0, 60 + up) : 60 + down, max(0, 120 + left - sides[0]) : 120 + right + sides[1]]


def scanned(ink: Array, chance: Random) -> Array:
    """As a usual scanner or phone brings a page, in the same size: a little soft, pale and noisy. Grey, dark on light."""
    noise = np.random.default_rng(chance.getrandbits(32))
    if chance.random() < 0.6:
        ink = cv2.GaussianBlur(ink, (0, 0), chance.uniform(0.4, 1.1))
    page = chance.uniform(225, 253) - chance.uniform(110, 215) * ink + noise.normal(0, chance.choice((1, 3, 6)), ink.shape)
    out = page.clip(0, 255).astype(np.uint8)
    if chance.random() < 0.5:
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(55, 90)])
        out = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    return out


def poorly_scanned(ink: Array, chance: Random) -> Array:
    """The same size as an old scanner, a copy or a phone in bad light brings it: pale ink, coarse, one-bit, shadows, folds. Grey."""
    noise = np.random.default_rng(chance.getrandbits(32))
    high, wide = ink.shape
    if chance.random() < 0.5:  # seen coarsely and made larger again
        share = chance.uniform(0.5, 0.85)
        small = cv2.resize(ink, (max(4, round(wide * share)), max(4, round(high * share))), interpolation=cv2.INTER_AREA)
        ink = cv2.resize(small, (wide, high), interpolation=cv2.INTER_CUBIC).clip(0, 1)
    if chance.random() < 0.6:
        ink = cv2.GaussianBlur(ink, (0, 0), chance.uniform(0.6, 1.6))
    paper, strong = chance.uniform(170, 250), chance.uniform(45, 130)
    page = paper - strong * ink
    if chance.random() < 0.4:  # a shadow over the strip
        page = page - chance.uniform(10, 40) * np.linspace(chance.random(), chance.random(), wide)[None]
    if chance.random() < 0.15:  # a fold of the paper
        y, thick = chance.uniform(0.1, 0.9) * high, chance.uniform(1.0, 4.0)
        fold = np.exp(-(((np.arange(high)[:, None] - y - chance.uniform(-0.02, 0.02) * np.arange(wide)[None]) / thick) ** 2))
        page = page - chance.uniform(10, 45) * fold
    page = page + noise.normal(0, chance.choice((2, 4, 8)), ink.shape)
    if chance.random() < 0.25:
        page = np.where(page > paper - strong * chance.uniform(0.3, 0.65), 255.0, 0.0)
    out = page.clip(0, 255).astype(np.uint8)
    if chance.random() < 0.5:
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(30, 75)])
        out = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    return out


def arriving(ink: Array, chance: Random) -> Array:
    """As a scanner or a phone brings it: coarser, softer, paler, noisy, one-bit, compressed. Grey, dark on light."""
    noise = np.random.default_rng(chance.getrandbits(32))
    tall = chance.randint(24, 64)
    scale = tall / ink.shape[0]
    ink = cv2.resize(ink, (max(8, round(ink.shape[1] * scale)), tall), interpolation=cv2.INTER_AREA)
    if chance.random() < 0.5:
        ink = cv2.GaussianBlur(ink, (0, 0), chance.uniform(0.3, 1.3))
    strong = chance.uniform(110, 235) if chance.random() < 0.7 else chance.uniform(70, 120)
    page = 250.0 - strong * ink + noise.normal(0, chance.choice((1, 3, 6, 11)), ink.shape)
    if chance.random() < 0.15:
        page = np.ascontiguousarray(np.where(page > 250 - strong * chance.uniform(0.3, 0.6), 255.0, 0.0))
    if chance.random() < 0.1:
        for _ in range(chance.randint(1, 5)):
            cv2.circle(
                page,
                (chance.randrange(page.shape[1]), chance.randrange(page.shape[0])),
                chance.choice((0, 1, 1, 2)),
                chance.randint(20, 140),
                -1,
            )
    out = page.clip(0, 255).astype(np.uint8)
    if chance.random() < 0.6:  # as the product cuts it out: white around the ink
        out[cv2.dilate((ink > 0.3).astype(np.uint8), np.ones((5, 5), np.uint8)) == 0] = 255
    if chance.random() < 0.3:
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, chance.randint(35, 85)])
        out = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    return out
