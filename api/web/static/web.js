"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // ---- Sending: files are chosen or dropped, and the form says what it has.

  const sending = one("form.send");

  function told(input) {
    const files = [...input.files];
    const names = files.slice(0, 3).map((file) => file.name).join("、");
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const size = bytes < 2 ** 20 ? `${Math.ceil(bytes / 2 ** 10)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
    const text = files.length > 3 ? `${names} 等 ${files.length} 個檔案` : names;
    one(`#${input.id}-chosen`).textContent = files.length ? `${text}（${size}）` : "";
  }

  function tooLarge() {
    const sizes = all("input[type=file]", sending).flatMap((input) => [...input.files].map((file) => file.size));
    const [sum, most] = [sizes.reduce((total, size) => total + size, 0), Number(sending.dataset.most)];
    return sum > most ? `一次最多 ${Math.floor(most / 2 ** 20)} MB，現在是 ${Math.ceil(sum / 2 ** 20)} MB；請分幾批送。` : "";
  }

  if (sending) {
    for (const zone of all("[data-drop]", sending)) {
      const input = one("input[type=file]", zone);
      input.addEventListener("change", () => told(input));
      zone.addEventListener("dragover", (event) => {
        event.preventDefault();
        zone.classList.add("over");
      });
      zone.addEventListener("dragleave", () => zone.classList.remove("over"));
      zone.addEventListener("drop", (event) => {
        event.preventDefault();
        zone.classList.remove("over");
        const files = new DataTransfer();
        const dropped = [...event.dataTransfer.files];
        for (const file of input.multiple ? [...input.files, ...dropped] : dropped.slice(0, 1)) files.items.add(file);
        input.files = files.files;
        told(input);
      });
      told(input);
    }
    sending.addEventListener("submit", (event) => {
      const wrong = tooLarge();
      const button = one("button.primary", sending);
      if (wrong) {
        event.preventDefault();
        const box = one("#wrong") ?? document.createElement("p");
        Object.assign(box, { id: "wrong", className: "wrong", textContent: wrong });
        box.setAttribute("role", "alert");
        sending.before(box);
        box.scrollIntoView({ block: "nearest" });
        return;
      }
      // Disabled only after the browser has taken the form.
      setTimeout(() => Object.assign(button, { disabled: true, textContent: "上傳中…" }));
    });
    addEventListener("pageshow", () => Object.assign(one("button.primary", sending), { disabled: false, textContent: "開始比對" }));
  }

  // ---- Progress: asked for again until it is done.

  const progress = one("[data-progress]");

  async function ask() {
    try {
      const answer = await fetch(progress.dataset.progress, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return location.reload();
      const scrolled = one(".files", progress)?.scrollTop ?? 0;
      progress.innerHTML = await answer.text();
      one(".files", progress).scrollTop = scrolled;
      if (one(".how-far", progress).dataset.state === "done") return location.replace(progress.dataset.done);
    } catch {
      // The service may be restarting: ask again.
    }
    setTimeout(ask, 1000);
  }
  if (progress) setTimeout(ask, 500);

  // ---- Judging: kept without leaving the place. Whatever goes wrong, the form is sent as without scripts.

  document.addEventListener("submit", async (event) => {
    const [form, button] = [event.target, event.submitter];
    const item = button?.closest(".item");
    if (!form.matches("[data-in-place]") || !item) return;
    event.preventDefault();
    const place = all("button", item).indexOf(button);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const changed = one(`.cards > .item[data-codes="${CSS.escape(item.dataset.codes)}"]`, page);
      changed.classList.toggle("lit", item.classList.contains("lit"));
      item.replaceWith(changed);
      all("button", changed)[place].focus();
    } catch {
      form.removeAttribute("data-in-place");
      form.requestSubmit(button);
    }
  });

  // ---- Choosing whom to compare.

  const compare = one("#compare");
  if (compare) {
    const boxes = all('input[name="with"][form="compare"]');
    const chosen = () => {
      const count = boxes.filter((box) => box.checked).length;
      for (const box of boxes) box.disabled = !box.checked && count >= 5;
      one("button", compare).disabled = count < 2;
      one("[data-chosen]", compare).textContent = count ? `已選 ${count} 位，可選二到五位。` : "勾選二到五位。";
    };
    for (const box of boxes) box.addEventListener("change", chosen);
    addEventListener("pageshow", chosen);
    chosen();
  }

  const different = one("[data-only-different]");
  different?.addEventListener("change", () => {
    for (const row of all(".same-for-all")) row.hidden = different.checked;
  });

  // ---- The ranking as it was left: filters, order and place.

  const filters = one(".filters");
  if (filters) {
    const key = `ranking ${location.pathname}`;
    const left = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (left) {
      for (const [name, value] of left.values) {
        const field = filters.elements[name];
        if (field?.type === "checkbox") field.checked = value;
        else if (field) field.value = value;
      }
      filters.dispatchEvent(new Event("input"));
      const heading = one(".ranking thead").rows[0].cells[left.column];
      const button = heading && one("button", heading);
      for (let tries = 0; button && heading.getAttribute("aria-sort") !== left.direction && tries < 2; tries++) button.click();
      scrollTo(0, left.y);
    }
    addEventListener("pagehide", () => {
      const values = [...filters.elements].filter((field) => field.name)
        .map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]);
      const heading = one(".ranking th[aria-sort]");
      const order = { column: heading?.cellIndex ?? 0, direction: heading?.getAttribute("aria-sort") ?? "ascending" };
      sessionStorage.setItem(key, JSON.stringify({ values, ...order, y: scrollY }));
    });
  }
})();
