// The review desk: keys, the place of a value on its page, its enlarged crop, and the next report's pages fetched beforehand.
"use strict";

(() => {
  const PIXELS_PER_POINT = 150 / 72; // ocr/display.py
  const form = document.getElementById("review");
  const pages = document.querySelector(".pages");
  const crop = document.getElementById("crop");
  const fields = () => [...document.querySelectorAll(".fields input:not([type=checkbox]), .fields select")].filter((f) => f.offsetParent !== null);
  const doubtful = () => fields().filter((f) => !f.hasAttribute("data-sure") || f.getAttribute("aria-invalid") === "true");

  for (const field of document.querySelectorAll(".fields [data-sure]")) field.tabIndex = -1; // the arrows reach them

  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", (event) => { if (event.target.closest(".fields")) show(event.target); });
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "reasons") markFaults();
    if (event.target.closest && event.target.closest(".pages")) afterPages();
  });
  document.addEventListener("htmx:responseError", () => { if (pages) pages.classList.remove("loading"); });
  if (form) start();

  function start() {
    markFaults();
    const first = document.querySelector("[aria-invalid=true]") || doubtful()[0];
    if (first) first.focus({ preventScroll: true }); else document.querySelector(".decide .primary")?.focus({ preventScroll: true });
    afterPages();
  }

  function afterPages() {
    const first = pages && pages.querySelector("img");
    if (!first) return;
    const ready = () => { show(document.activeElement); fetchNext(); };
    if (first.complete) ready(); else first.addEventListener("load", ready, { once: true });
  }

  // While this report is looked at, the pages of the next one are made and fetched.
  function fetchNext() {
    const next = document.querySelector(".desk")?.dataset.next;
    if (!next) return;
    fetch(next, { headers: { "X-Background": "1" } }).then((answer) => answer.ok ? answer.text() : "").then((text) => {
      const shown = new DOMParser().parseFromString(text, "text/html");
      for (const image of shown.querySelectorAll("img")) new Image().src = image.getAttribute("src");
    }).catch(() => {});
  }

  // --- where a value stands

  function show(field) {
    for (const old of document.querySelectorAll(".paper .place")) old.remove();
    if (crop) crop.querySelector("canvas").hidden = true;
    if (!field || !field.dataset || !field.dataset.box || !pages || !crop) return;
    if (!field.dataset.file) return; // of which file it is is not known: none is marked rather than a wrong one
    const sheet = pages.querySelector(`.sheet[data-file="${field.dataset.file}"][data-page="${field.dataset.page}"]`);
    const image = sheet?.querySelector("img");
    if (!image) return;
    if (!image.complete || !image.naturalWidth) { image.addEventListener("load", () => { if (document.activeElement === field) show(field); }, { once: true }); return; }
    const [left, top, right, bottom] = field.dataset.box.split(",").map((value) => Number(value) * PIXELS_PER_POINT);
    const place = document.createElement("div");
    place.className = "place";
    const percent = (value, whole) => `${(100 * value) / whole}%`;
    place.style.left = percent(left - 6, image.naturalWidth);
    place.style.top = percent(top - 6, image.naturalHeight);
    place.style.width = percent(right - left + 12, image.naturalWidth);
    place.style.height = percent(bottom - top + 12, image.naturalHeight);
    sheet.querySelector(".paper").append(place);
    const box = place.getBoundingClientRect(), frame = pages.getBoundingClientRect();
    const sticky = getComputedStyle(pages).overflowY !== "visible";
    if (sticky) pages.scrollBy({ top: box.top - frame.top - frame.height / 3, left: box.left - frame.left - frame.width / 3, behavior: "instant" });
    enlarge(image, left, top, right, bottom);
  }

  function enlarge(image, left, top, right, bottom) {
    const canvas = crop.querySelector("canvas");
    const height = bottom - top, margin = height * 0.6;
    const wide = Math.max(right - left + height * 3, 260);
    const x = Math.max(0, (left + right) / 2 - wide / 2), y = Math.max(0, top - margin);
    const tall = height + 2 * margin;
    const scale = Math.min(4, Math.max(2, 90 / tall));
    canvas.width = wide * scale;
    canvas.height = tall * scale;
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, x, y, wide, tall, 0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#c2410c";
    pen.lineWidth = 2;
    pen.strokeRect((left - x - 3) * scale, (top - y - 3) * scale, (right - left + 6) * scale, (height + 6) * scale);
    canvas.hidden = false;
  }

  function markFaults() {
    const faults = (document.getElementById("reasons-list")?.dataset.faults || "").split(" ").filter(Boolean);
    for (const field of document.querySelectorAll(".fields [name]")) {
      if (faults.includes(field.name)) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
    }
  }

  // --- keys

  function onKey(event) {
    const open = document.querySelector("dialog[open]");
    if (event.ctrlKey && event.key === "Enter") {
      const button = open ? open.querySelector("#send-back") : document.getElementById("accept");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (open || event.ctrlKey || event.altKey || event.metaKey) return;
    const field = event.target.closest(".fields") && event.target.matches("input:not([type=checkbox]), select") ? event.target : null;
    if (field) {
      if (event.key === "Enter") { event.preventDefault(); walk(field); return; }
      if (event.key === "Escape") { field.blur(); document.getElementById("main").focus({ preventScroll: true }); return; }
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && field.tagName !== "SELECT" && !field.list) { event.preventDefault(); step(field, event.key === "ArrowDown" ? 1 : -1); return; }
      if (field.list && event.key === "ArrowDown" && field.hasAttribute("readonly")) return;
    }
    if (event.key === "?") { event.preventDefault(); act(document.querySelector('[data-key="?"]')); return; }
    if (writes(event)) return;
    if (event.code === "KeyZ" && pages) { pages.classList.toggle("whole"); show(document.activeElement); return; }
    if (event.code === "KeyQ") { location.assign(document.querySelector(".main-nav a")?.href || "/staff/"); return; }
    const code = event.code === "NumpadEnter" ? "Enter" : event.code;
    if (code === "Enter" && !["BODY", "MAIN"].includes(event.target.tagName)) return;
    const button = document.querySelector(`[data-key="${code}"]`);
    if (button) { event.preventDefault(); act(button); }
  }

  // In a field of numbers and dates a letter can only be meant as a key of the desk. A serial number may hold letters: where one stands
  // already, or with Shift, it is written.
  function writes(event) {
    const element = event.target;
    if (element.tagName === "TEXTAREA" || element.isContentEditable) return true;
    if (element.tagName !== "INPUT" || ["checkbox", "radio", "button", "submit"].includes(element.type)) return false;
    if (!element.closest(".fields")) return true;
    return !["decimal", "numeric"].includes(element.inputMode) && (event.shiftKey || /\p{L}/u.test(element.value));
  }

  function act(element) {
    if (!element) return;
    if (element.tagName === "DETAILS") { element.open = !element.open; if (element.open) element.scrollIntoView({ block: "start" }); return; }
    element.click();
  }

  function walk(field) {
    const all = doubtful();
    const here = all.indexOf(field);
    const next = here >= 0 ? all[here + 1] : all.find((other) => field.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (next) { next.focus(); next.select?.(); } else document.querySelector(".decide .primary")?.focus();
  }

  function step(field, way) {
    const all = fields();
    const next = all[all.indexOf(field) + way];
    if (next) { next.focus(); next.select?.(); }
  }

  function onClick(event) {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      dialog.showModal();
      dialog.querySelector("[hx-post]")?.dispatchEvent(new Event("shown"));
      return;
    }
    if (event.target.closest("[data-closes]")) { event.target.closest("dialog").close(); return; }
    const alternative = event.target.closest(".alternative");
    if (alternative) {
      const field = document.getElementById(alternative.dataset.for);
      field.value = alternative.dataset.value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      form.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
      return;
    }
    const link = event.target.closest("[data-field]");
    if (link) {
      const field = document.getElementById(`f-${link.dataset.field}`);
      if (field) { event.preventDefault(); field.closest("details")?.setAttribute("open", ""); field.focus(); }
    }
  }

  // Fields stand outside of the form's element, so that their changes do not bubble through it.
  document.addEventListener("change", (event) => {
    if (form && event.target.form === form && event.target.closest(".fields")) htmx.trigger(form, "change");
  });
})();
