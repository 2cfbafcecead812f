"use strict";
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  document.documentElement.classList.add("js");

  // ---- Evidence: an item and its marks light up together.

  const codesOf = (element) => element.closest("[data-codes]").dataset.codes.split(" ");

  function prepare(page) {
    for (const mark of all("mark", page)) {
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
      mark.title = codesOf(mark).join("、");
    }
  }
  all(".document").forEach(prepare);

  function light(page, codes) {
    for (const element of all("[data-codes]", page)) {
      const lit = codesOf(element).some((code) => codes.includes(code));
      element.classList.toggle("lit", lit);
      const button = element.matches("mark") ? element : one(".find", element);
      button?.setAttribute("aria-pressed", lit);
    }
  }

  function follow(pressed) {
    const page = pressed.closest(".document");
    if (pressed.getAttribute("aria-pressed") === "true" && !pressed.matches("mark")) return light(page, []);
    light(page, codesOf(pressed));
    const inText = !pressed.matches("mark") && one("mark.lit", page);
    const inItems = !pressed.closest(".item") && one(".cards .item.lit", page);
    if (inText) inText.scrollIntoView({ block: "nearest" });
    if (inItems) inItems.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("mark, .find");
    if (pressed) follow(pressed);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("mark") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      follow(event.target);
    } else if (event.key === "Escape") {
      all(".document").forEach((page) => light(page, []));
      if (event.target.closest(".notes")) event.target.blur();
    }
  });

  // ---- The table: sorting and filtering. The heat map has the same rows in the same order.

  const table = one("table.ranking");
  const form = one(".filters");

  const groups = () => [...table.tBodies];
  const value = (group, column) => {
    const cell = group.rows[0].cells[column];
    return cell.dataset.v ?? cell.textContent;
  };

  function compare(left, right, column, direction) {
    if (column === 1) return direction * left.localeCompare(right, "zh-Hant", { numeric: true });
    const [a, b] = [parseFloat(left), parseFloat(right)];
    if (isNaN(a) || isNaN(b)) return isNaN(a) - isNaN(b);
    return direction * (a - b);
  }

  function sort(heading) {
    const upwards = heading.ariaSort ? heading.ariaSort !== "ascending" : heading.dataset.sort === "up";
    const direction = upwards ? 1 : -1;
    for (const other of all("th[aria-sort]", table)) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", upwards ? "ascending" : "descending");
    const column = heading.cellIndex;
    const keys = new Map(groups().map((group) => [group, [value(group, column), value(group, 0)]]));
    const sorted = groups().sort((left, right) => {
      const [a, b] = [keys.get(left), keys.get(right)];
      return compare(a[0], b[0], column, direction) || a[1] - b[1];
    });
    table.append(...sorted);
    const heat = new Map(all(".heat [data-id]").map((row) => [row.dataset.id, row]));
    one(".heat tbody").append(...sorted.map((group) => heat.get(group.dataset.id)));
  }

  const texts = new Map();
  function textOf(group) {
    if (!texts.has(group)) {
      texts.set(group, all(".name, .tip", group).map((part) => part.textContent).join("\n").toLowerCase());
    }
    return texts.get(group);
  }

  function meets(group, wanted) {
    const met = group.dataset.conditions.split(" ").map((status) => status === "met");
    return !wanted || (wanted === "all" ? met.every(Boolean) : met[wanted]);
  }

  function filter() {
    const { text, level, task, least, condition, noted } = form.elements;
    least.disabled = !task.value; // without a task it counts for nothing
    const wanted = text.value.trim().toLowerCase();
    const column = task.value ? one(`th[data-task="${CSS.escape(task.value)}"]`, table).cellIndex : null;
    const heat = new Map(all(".heat [data-id]").map((row) => [row.dataset.id, row]));
    let shown = 0;
    for (const group of groups()) {
      const fits =
        (!wanted || textOf(group).includes(wanted)) &&
        (!level.value || group.dataset.level === level.value) &&
        (column === null || parseFloat(value(group, column)) >= (least.valueAsNumber || 0)) &&
        meets(group, condition.value) &&
        (!noted.checked || one(".tip", group) !== null);
      group.hidden = heat.get(group.dataset.id).hidden = !fits;
      shown += fits;
    }
    one(".count").textContent = `顯示 ${shown} 位，共 ${groups().length} 位`;
  }

  if (table) {
    for (const heading of all("th[data-sort]", table)) {
      const button = document.createElement("button");
      button.type = "button";
      heading.dataset.title = heading.textContent;
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(heading));
      heading.append(button);
    }
    form.hidden = false;
    one(".more", form).open = !matchMedia("(max-width: 40rem)").matches; // on a phone the table comes first
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    filter();
  }

  // ---- Views: one at a time, by the address. A candidate's page is made when it is opened.

  const views = all(".view");
  const opened = one("#candidate"); // missing where candidates have addresses of their own
  const title = document.title;
  const places = new Map();
  let current = null;

  function steps(id) {
    const listed = groups().filter((group) => !group.hidden && one("a", group));
    const here = listed.findIndex((group) => one(`a[href="#${id}"]`, group));
    for (const [selector, group] of [[".previous", listed[here - 1]], [".next", listed[here + 1]]]) {
      const link = one(selector, opened);
      link.hidden = here < 0 || !group;
      if (!link.hidden) link.href = `#${group.dataset.id}`;
    }
  }

  function show() {
    const wanted = location.hash.slice(1);
    const template = opened && /^c\d+$/.test(wanted) ? document.getElementById(`${wanted}-page`) : null;
    const view = template ? opened : views.find((other) => other.id === wanted && other !== opened) ?? views[0];
    const from = current;
    if (from) places.set(from, scrollY);
    current = template ? wanted : view.id;
    if (opened) {
      const page = one(".opened", opened);
      page.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
      prepare(page);
      opened.hidden = !template;
    }
    document.documentElement.classList.toggle("reading", opened === view);
    for (const other of views) other.classList.toggle("now", other === view);
    for (const link of all("nav.views a")) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (template) {
      steps(wanted);
      const name = one("h2", opened);
      document.title = `${name.textContent}・${title}`;
      name.focus({ preventScroll: true });
    } else {
      document.title = title;
      if (from?.startsWith("c")) one(`#${view.id} a[href="#${from}"]`)?.focus({ preventScroll: true });
    }
    scrollTo(0, template ? 0 : places.get(current) ?? 0);
  }

  if (views.length) {
    history.scrollRestoration = "manual";
    addEventListener("hashchange", show);
    // Pages come after this script: one that the address asks for may not be here yet.
    if (location.hash) addEventListener("DOMContentLoaded", show, { once: true });
    show();
  }
})();
