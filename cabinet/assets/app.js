// Both faces: the end of a session is announced a minute before, a form is sent once, forms that only choose send themselves.
"use strict";

(() => {
  const seconds = Number(document.body.dataset.idleSeconds || 0);
  if (seconds > 0) announceTheEnd(seconds);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent === "yes") event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  function announceTheEnd(seconds) {
    const dialog = document.getElementById("idle");
    const csrf = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];
    let last = Date.now();
    let told = Date.now();
    // Work on the page without a request (typing) keeps the session alive too, once in two minutes at most.
    for (const kind of ["keydown", "pointerdown"]) {
      document.addEventListener(kind, () => {
        last = Date.now();
        if (!dialog.open && last - told > 120000) stay();
      }, { passive: true });
    }
    async function stay() {
      told = last = Date.now();
      const answer = await fetch(document.body.dataset.alive, { method: "POST", headers: { "X-CSRF-Token": csrf }, redirect: "manual" });
      if (answer.status === 204) dialog.close(); else location.assign(document.body.dataset.login);
    }
    document.getElementById("idle-stay").addEventListener("click", stay);
    dialog.addEventListener("cancel", stay);
    setInterval(() => {
      const idle = (Date.now() - Math.max(last, told)) / 1000;
      if (idle >= seconds) location.assign(document.body.dataset.login);
      else if (idle >= seconds - 60 && !dialog.open) dialog.showModal();
    }, 5000);
  }
})();
