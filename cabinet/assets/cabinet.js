// The cabinet: can be installed, says what is chosen as a file, shows the photo before it goes.
"use strict";

(() => {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js").catch(() => {});

  // On a phone a chart is wider than the screen: the newest months stand at its right end.
  for (const box of document.querySelectorAll(".chart-box")) box.scrollLeft = box.scrollWidth;

  document.addEventListener("change", (event) => {
    const input = event.target.closest("input[type=file][data-list]");
    if (!input) return;
    const list = document.getElementById(input.dataset.list);
    // A file that is not taken is said so before it travels over a slow line.
    const tooLarge = [...input.files].some((file) => file.size > Number(input.dataset.most));
    for (const button of input.form.querySelectorAll("button.primary")) button.disabled = tooLarge;
    list.replaceChildren(...[...input.files].map((file) => {
      const item = document.createElement("li");
      const size = file.size < 1048576 ? `${Math.max(1, Math.round(file.size / 1024))} ${input.dataset.kb}` : `${(file.size / 1048576).toFixed(1).replace(".", ",")} ${input.dataset.mb}`;
      item.textContent = `${file.name} (${size})`;
      if (file.size > Number(input.dataset.most)) {
        item.className = "fault";
        item.textContent += ` — ${input.dataset.tooLarge}`;
      } else if (/^image\/(jpeg|png)$/.test(file.type)) {
        const picture = document.createElement("img");
        picture.src = URL.createObjectURL(file);
        picture.alt = "";
        picture.className = "thumbnail";
        picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
        item.prepend(picture);
      }
      return item;
    }));
  });
})();
